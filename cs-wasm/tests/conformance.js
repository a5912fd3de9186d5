// Runs conformance vectors; the same file runs in Node and in browsers, so it imports nothing.

const camelCase = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
const camelCased = (object = {}) => Object.fromEntries(Object.entries(object).map(([name, value]) => [camelCase(name), value]));

/**
 * A vector as JavaScript has it. A number without fraction becomes a `bigint`: to the core it is a whole number, which
 * `number` would make a float of.
 */
function parsed(text) {
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^-?\d+$/.test(token) ? `"\\u0000${token}"` : token,
  );
  return JSON.parse(marked, (_, value) =>
    typeof value === 'string' && value.startsWith('\u0000') ? BigInt(value.slice(1)) : value,
  );
}

function portfolioOf(cs, surface, vector) {
  const options = camelCased(vector.options);
  const given = (ending) => Object.fromEntries(surface.tables.map(({ name }) => [name, vector[name + ending]]));
  if (vector.contracts_csv === undefined) return cs.Portfolio.fromTables({ ...given(''), ...options });
  const { contracts, ...others } = given('_csv');
  return cs.Portfolio.fromCsv(contracts, { ...others, ...options });
}

function called(cs, surface, portfolio, { operation, arguments: given = {} }) {
  switch (operation) {
    case 'load_report':
      return JSON.stringify(portfolio.loadReport);
    case 'observed_until':
      return JSON.stringify(portfolio.observedUntil);
    case 'table':
      return portfolio.table(given.name).toJson();
    case 'partial': {
      const { operation: of, ...asked } = given;
      return new TextDecoder().decode(portfolio.partial(of, camelCased(asked)));
    }
    case 'merge':
      return cs.merge(given.partials.map((partial) => new TextEncoder().encode(partial))).toJson();
    case 'shifted_beta_geometric':
      return JSON.stringify(asked(cs.ShiftedBetaGeometric, given));
    default: {
      if (operation.startsWith('review.')) return JSON.stringify(reviewed(portfolio, operation.slice(7), given));
      if (operation.startsWith('metrics.')) return JSON.stringify(metric(cs, surface, operation.slice(8), given));
      const known = ({ name }) => name === operation;
      const { positional } = surface.operations.find(known) ?? surface.calculations.find(known);
      const options = Object.fromEntries(Object.entries(given).filter(([name]) => !positional.includes(name)));
      const of = surface.operations.some(known) ? portfolio : cs;
      return of[camelCase(operation)](...positional.map((name) => given[name]), camelCased(options)).toJson();
    }
  }
}

/** A review for people: the locale is asked of the form, all else of the review. */
function reviewed(portfolio, form, { as_of: day, locale, ...given }) {
  return portfolio.review(day, camelCased(given))[camelCase(`to_${form}`)]({ locale });
}

/** What a formula gives. */
function metric(cs, surface, name, given) {
  const known = surface.metrics.find((found) => found.name === name);
  const options = Object.fromEntries(Object.entries(given).filter(([argument]) => !known.positional.includes(argument)));
  return cs.metrics[camelCase(name)](...known.positional.map((argument) => given[argument]), camelCased(options));
}

/** What a method of a model gives, and a model as its fields. */
function asked(Model, { method, alpha, beta, survivors, t, discount, n }) {
  const told = (model) => ({
    alpha: model.alpha,
    beta: model.beta,
    alpha_error: model.alphaError,
    beta_error: model.betaError,
    log_likelihood: model.logLikelihood,
  });
  if (method === 'fit') return told(Model.fit(survivors));
  const model = new Model({ alpha, beta });
  if (method === 'of') return told(model);
  return method === 'discounted_lifetime' ? model.discountedLifetime(discount, n) : model[method](t);
}

/** What `work` gives, or the canonical JSON of the error of the library that it ends with. */
function outcome(cs, work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof cs.CustomerSuccessError) return error.toJson();
    throw error;
  }
}

/** The lines that a vector's text gives: one for each call, or one if nothing could be loaded. */
export function linesOf(cs, text) {
  const vector = parsed(text);
  const surface = cs.surface();
  let portfolio;
  const failure = outcome(cs, () => void (portfolio = portfolioOf(cs, surface, vector)));
  if (failure !== undefined) return [failure];
  const lines = vector.calls.map((call) => outcome(cs, () => called(cs, surface, portfolio, call)));
  portfolio.free();
  return lines;
}

/**
 * Runs vectors, each `{ name, text, expected }`.
 *
 * @returns {{ ran: number, calls: number, differences: { name: string, line: number, expected: string, found: string }[] }}
 */
export function runVectors(cs, vectors) {
  const differences = [];
  let calls = 0;
  for (const { name, text, expected } of vectors) {
    const found = linesOf(cs, text);
    const lines = expected.replace(/\n$/, '').split('\n');
    calls += found.length;
    for (let line = 0; line < Math.max(lines.length, found.length); line += 1) {
      if (found[line] !== lines[line]) {
        differences.push({ name, line: line + 1, expected: lines[line], found: found[line] });
      }
    }
  }
  return { ran: vectors.length, calls, differences };
}
