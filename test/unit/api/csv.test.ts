import { expect, test } from 'vitest';
import { csvRecord, listIn, readCsv } from '../../../api/csv.ts';

const COLUMNS = { all: ['externalId', 'name', 'addresses'], identifying: ['externalId'] };
const read = (text: string) => {
  const { value, userErrors } = readCsv(text, COLUMNS);
  return {
    rows: value.rows.map(({ line, cells }) => [line, Object.fromEntries(cells)]),
    errors: value.errors,
    refused: userErrors.map(({ code, message }) => `${code}: ${message}`),
  };
};

test('RFC 4180 a file is read with quotes, line ends of any kind, a BOM, and the lines its rows begin on', () => {
  const text =
    '\uFEFFexternalId,NAME\r\n\r\n1,"Doe, ""Jill"""\r\n2,"two\r\nlines"\r\n,\r\n3,plain\rx,y\n';
  expect(read(text)).toEqual({
    rows: [
      [3, { externalId: '1', name: 'Doe, "Jill"' }],
      [4, { externalId: '2', name: 'two\nlines' }],
      [7, { externalId: '3', name: 'plain' }],
      [8, { externalId: 'x', name: 'y' }],
    ],
    ...{ errors: [], refused: [] },
  });
});

test.each([';', '\t'])('the header line says that %j parts the cells', (separator) => {
  const text = `externalId${separator}addresses\n1${separator}"a@x.example;b@x.example"\n`;
  expect(read(text).rows).toEqual([[2, { externalId: '1', addresses: 'a@x.example;b@x.example' }]]);
});

test('a row with more or fewer cells than the header is named by its line and not guessed at', () => {
  const { rows, errors } = read('externalId,name\n1\n2,x\n3,y,z\n');
  expect(rows).toEqual([[3, { externalId: '2', name: 'x' }]]);
  expect(errors).toMatchObject([
    { line: 2, column: null, code: 'invalid_csv' },
    { line: 4, column: null, code: 'invalid_csv' },
  ]);
});

test.each([
  ['', /^required: .*no header line/],
  ['name\nx\n', /^required: .*externalId/],
  ['externalId,name,Name\n', /^duplicate: .*name.*twice/],
  ['externalId,phone\n1,2\n', /^unknown_column: .*"phone".*externalId, name, addresses/],
  ['externalId,name\n1,"open\n', /^invalid_csv: .*line 2/],
  ['externalId,name\n1,x"y\n', /^invalid_csv: .*line 2/],
  [`externalId\n${'1\n'.repeat(10_001)}`, /^too_many: /],
])('a file is refused whole that is %j', (text, why) => {
  const { rows, refused } = read(text);
  expect(rows).toEqual([]);
  expect(refused).toHaveLength(1);
  expect(refused[0]).toMatch(why);
});

test.each(['=1+1', '+49', '-1', '@x', '\tx', "'=1", "''-1"])(
  'what a spreadsheet would run is written as text and read as it was: %j',
  (cell) => {
    const record = csvRecord(['1', cell]);
    expect(record.slice(2).replace(/^"/, '')).toMatch(/^'/);
    expect(read(`externalId,name\n${record}`).rows).toEqual([[2, { externalId: '1', name: cell }]]);
  },
);

test.each(["'tis", 'a=b', "O'Neill", ' =1'])('%j is written as it stands', (cell) => {
  expect(csvRecord([cell])).toBe(`${cell}\r\n`);
});

test('a list stands in one cell with semicolons between', () => {
  expect(listIn(' a ; b;;')).toEqual(['a', 'b']);
  expect(listIn('')).toEqual([]);
});
