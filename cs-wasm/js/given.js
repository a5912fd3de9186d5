import { bytesOf, columnsOf, encoded } from './input.js';

/** How tables and files are sent to an instance, to be used up there. */
export function givenTo(instance) {
  function table(given, name, table, others) {
    const { rows, columns } = columnsOf(name, table);
    instance.call(() => given.table(name, rows, columns.length));
    for (const column of columns) {
      if (column.rows > rows) checkRows(name, column.rows, others);
      const { kinds, numbers, text, lengths } = encoded(name, column);
      instance.call(() => given.column(column.name, kinds, numbers, text, lengths));
    }
  }

  /** Refuses more rows than the limits among `others` allow: the instance may have no room for a column of so many. */
  function checkRows(name, rows, others) {
    const limited = sent([[name, rows]], (given) => instance.call(() => given.table(name, rows, 0)), others);
    instance.call(() => limited.free());
  }

  function file(given, name, file) {
    const bytes = bytesOf(name, file);
    instance.call(() => given.file(name, bytes));
  }

  /** Each of `tables` by its name, added by `add`, and the arguments `text`, as the instance has them. */
  function sent(tables, add, text) {
    const given = instance.call((bindings) => new bindings.Given(text));
    try {
      tables.forEach(([name, table]) => add(given, name, table, text));
      return given;
    } catch (error) {
      if (!instance.isLost) instance.call(() => given.free());
      throw error;
    }
  }

  return {
    tables: (tables, text) => sent(tables, table, text),
    files: (files, text) => sent(files, file, text),
  };
}
