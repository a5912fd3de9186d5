// Draws synthetic portfolios; the same file runs in Node and in browsers, so it imports nothing.

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** For each of these books the digests of its tables' bytes. */
export async function digestsOf(cs, books) {
  const digests = [];
  for (const { arguments: given, tables } of books) {
    const portfolio = cs.Portfolio.synthetic(given);
    const found = {};
    for (const name of Object.keys(tables)) {
      const bytes = new TextEncoder().encode(portfolio.table(name).toJson());
      found[name] = hex(await crypto.subtle.digest('SHA-256', bytes));
    }
    portfolio.free();
    digests.push(found);
  }
  return digests;
}
