import assert from 'node:assert/strict'
import { test } from 'node:test'
import { notebookScript } from '#generate/analyse/embedded/notebook.ts'
import { analyseComponents, edgesOf } from './analyse-components.ts'

const METADATA = { kernelspec: { name: 'python3', language: 'python' } }

function notebook(cells: object[], metadata: object = METADATA): string {
  return `${JSON.stringify({ cells, metadata, nbformat: 4 }, null, 1)}\n`
}

test('the cells of a notebook are analysed on the lines of its file', async () => {
  const cells = [
    { cell_type: 'markdown', source: ['def no(): pass'] },
    { cell_type: 'code', source: ['%matplotlib inline\n', '!pip install x\n', 'from tools import load'] },
    { cell_type: 'code', source: ['%%bash\n', 'def no(): pass'] },
    { cell_type: 'code', source: ['%%time\n', 'def run():\n', '    return load()'] },
    { cell_type: 'code', source: ['files = !ls\n', 'run()'] },
  ]
  const text = notebook(cells)
  const analysis = await analyseComponents({ 'a.ipynb': text, 'tools.py': 'def load():\n    pass\n' })
  assert.deepEqual(edgesOf(analysis), [
    'a.ipynb calls a.ipynb#run',
    'a.ipynb imports tools.py',
    'a.ipynb#run calls tools.py#load',
  ])
  const run = analysis.components.find((one) => one.id === 'a.ipynb#run')
  assert.match(text.split('\n')[(run?.startLine ?? 0) - 1] ?? '', /def run/)
  assert.deepEqual(
    analysis.reports.map(({ language, files, failed }) => [language, files, failed]),
    [
      ['notebook', 1, []],
      ['python', 1, []],
    ],
  )
})

test('notebooks of other languages and broken ones have no script', () => {
  assert.equal(notebookScript(notebook([], { kernelspec: { name: 'ir', language: 'R' } })), undefined)
  assert.equal(notebookScript(notebook([], {})), undefined)
  assert.equal(notebookScript('{"cells": ['), undefined)
})

test('a cell whose lines share a line of the file is left out', () => {
  const script = notebookScript(
    JSON.stringify({ cells: [{ cell_type: 'code', source: ['a = 1\n', 'b = 2'] }], metadata: METADATA }),
  )
  assert.equal(script?.trim(), '')
})

test('magics and commands are told from operators and strings that begin a line', () => {
  for (const [source, expected] of [
    [
      ['print(', '  "%d"', '  % load(y)', ')', '%time f()'],
      ['print(', '  "%d"', '  % load(y)', ')', 'pass'],
    ],
    [
      ['a = """(', '%s is', '!no"""', '!ls'],
      ['a = """(', '%s is', '!no"""', 'pass'],
    ],
    [
      ['a = b \\', '  % c', '?a'],
      ['a = b \\', '  % c', 'pass'],
    ],
    [
      ['!pip install (\\', '  one \\', '  two', 'f()'],
      ['pass', '', '', 'f()'],
    ],
    [
      ['files = !ls "\\', '  one', 'f(")") # ("', 'f?'],
      ['files = None', '', 'f(")") # ("', 'pass'],
    ],
  ] as const) {
    const lines = source.map((line, index) => (index < source.length - 1 ? `${line}\n` : line))
    const script = notebookScript(notebook([{ cell_type: 'code', source: lines }]))?.split('\n') ?? []
    // The lines above them are those of the JSON.
    assert.deepEqual(script.slice(5, 5 + expected.length), expected)
  }
})
