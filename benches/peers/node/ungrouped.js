// Typed arrays, as an expert writes them, with the contracts in any order: grouping them is counted in.

import { grouped, walked } from './grouped.js';

export const load = (columns, range) => ({ columns, range });
export const run = ({ columns, range }) => walked(grouped(columns, range));
