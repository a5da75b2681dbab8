import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from './real-sample.ts'

/** The rows of the table of files, by file. */
async function rowsOf(texts: Record<string, string>, page: string): Promise<Map<string, string>> {
  const pages = await pagesOf(texts)
  const text = pages.get(page) ?? assert.fail([...pages.keys()].join(' '))
  const [, below = ''] = text.split('\n## Files\n')
  const [table = ''] = below.split('\n## ', 1)
  return new Map(
    [...table.matchAll(/^\| `([^`]+)` \| (.*)\|$/gm)].map(([, file = '', words = '']) => [file, words.trim()]),
  )
}

test('a file of which nothing is said gets its declarations; one without any has no row', async () => {
  const part = (name: string): string =>
    `const Part = require('./part')\n\nclass ${name} extends Part {\n  up() {\n${'    this.next()\n'.repeat(10)}  }\n}\n\nmodule.exports = ${name}\n`
  const rows = await rowsOf(
    {
      'package.json': '{"name":"orbit","main":"lib/clock.js"}',
      'lib/clock.js':
        "const Day = require('./day')\nconst Hour = require('./hour')\nconst signs = require('./signs')\n\n/** Shows the time until it is stopped. */\nfunction clock() {\n  return [new Day(), new Hour(), signs]\n}\n\nmodule.exports = clock\n",
      'lib/part.js':
        '/** A part of a time that can be changed. */\nclass Part {\n  next() {}\n\n  up() {}\n}\n\nmodule.exports = Part\n',
      'lib/day.js': part('Day'),
      'lib/hour.js': part('Hour'),
      'lib/signs.js':
        "const main = { up: '^' }\nconst signs = process.platform === 'win32' ? 0 : main\n\nmodule.exports = signs\n",
      'lib/empty.js': "'use strict'\n",
    },
    'lib.md',
  )
  assert.equal(rows.get('day.js'), '`class Day extends Part`')
  assert.equal(rows.get('hour.js'), '`class Hour extends Part`')
  assert.equal(rows.get('signs.js'), '`signs` · used by `clock.js`')
  assert.equal(rows.has('empty.js'), false)
  assert.deepEqual(
    [...rows].filter(([, words]) => words === ''),
    [],
  )
})

test('files for several platforms say what they add to a type', async () => {
  const rows = await rowsOf(
    {
      'go.mod': 'module example.org/orbit\n',
      'plan.go':
        '// Package orbit plans.\npackage orbit\n\n// Plan keeps orbits.\ntype Plan struct{}\n\n// Fly flies.\nfunc (p *Plan) Fly() { p.listen() }\n',
      'burn.go': 'package orbit\n\n// Burn burns.\nfunc Burn() {}\n',
      'signals_unix.go': '//go:build !windows\n\npackage orbit\n\nfunc (p *Plan) listen() { _ = 1 }\n',
      'signals_windows.go': 'package orbit\n\nfunc (p *Plan) listen() { _ = 2 }\n',
    },
    'top-level-files.md',
  )
  assert.equal(rows.get('signals_unix.go'), 'adds `listen` to `Plan`')
})

test('public functions are named before an internal type that describes their file', async () => {
  const rows = await rowsOf(
    {
      'go.mod': 'module example.org/orbit\n',
      'plan.go': '// Package orbit plans.\npackage orbit\n\n// Plan keeps orbits.\ntype Plan struct{}\n',
      'burn.go': 'package orbit\n\n// Burn burns.\nfunc Burn() {}\n',
      'renderer.go':
        'package orbit\n\n// renderer is what draws orbits on a screen.\ntype renderer interface {\n\tdraw()\n\tflush()\n\tclose()\n\tclear()\n\tresize()\n}\n\n// Println prints a line above the orbits.\nfunc Println() {}\n',
    },
    'top-level-files.md',
  )
  assert.equal(rows.get('renderer.go'), '`Println` · internal: renderer is what draws orbits on a screen.')
})

test('a shell script without a description is told by the programs that it runs', async () => {
  const rows = await rowsOf(
    {
      'package.json': '{"name":"orbit","main":"index.js"}',
      'index.js': '/** Flies. */\nexport function fly() {}\n',
      'scripts/check':
        '#!/bin/sh -e\n\nexport PREFIX=""\nif [ -d venv ] ; then\n    PREFIX="venv/bin/"\nfi\n\n"$PREFIX"ruff format . --diff\n"$PREFIX"mypy $FILES\necho done\n',
      'scripts/build': '#!/bin/sh -e\n\nPREFIX="venv/"\n"$PREFIX"python -m build\n"$PREFIX"twine check dist/*\n',
      'scripts/clean': '#!/bin/sh -e\n\nFOLDER="dist"\nrm -rf $FOLDER\nmkdir $FOLDER\n',
      'scripts/format': '#!/bin/sh -e\n\nPATTERN="*.c"\ngit ls-files | xargs -n 1 clang-format -i\n',
      'scripts/suite': '#!/bin/sh -e\n\nDIR="test"\n$DIR/run all\nmake clean\n',
      'scripts/cross': '#!/bin/sh -e\n\nCROSS=$1\n$CROSS build\ntwine check dist\n',
      'scripts/serve': '#!/bin/sh\n# Serves the documentation.\n\nmkdocs serve\n',
    },
    'scripts.md',
  )
  assert.equal(rows.get('check'), 'runs `ruff format`, `mypy`')
  assert.equal(rows.get('build'), 'runs `python -m build`, `twine check`')
  assert.equal(rows.get('serve'), 'Serves the documentation.')
  assert.equal(rows.get('format'), 'runs `clang-format`')
  assert.equal(rows.has('suite'), false)
  assert.equal(rows.has('clean'), false)
  assert.equal(rows.has('cross'), false)
})

test('a comment that is the heading of another class is not told of a class', async () => {
  const rows = await rowsOf(
    {
      'package.json': '{"name":"orbit","main":"lib/clock.js"}',
      'lib/clock.js':
        "const Day = require('./day')\nconst Hour = require('./hour')\n\n/** Shows the time until it is stopped. */\nfunction clock() {\n  return [new Day(), new Hour()]\n}\n\nmodule.exports = clock\n",
      'lib/part.js':
        '/** A part of a time that can be changed. */\nclass Part {\n  next() {}\n\n  up() {}\n}\n\nmodule.exports = Part\n',
      'lib/day.js':
        "const Part = require('./part')\n\n/**\n * Hour Base Element\n * @param {Object} opts Options\n */\nclass Day extends Part {\n  up() {}\n}\n\nmodule.exports = Day\n",
      'lib/hour.js':
        "const Part = require('./part')\n\n/** Shows the hour of a day. */\nclass Hour extends Part {\n  up() {}\n}\n\nmodule.exports = Hour\n",
    },
    'lib.md',
  )
  assert.equal(rows.get('day.js'), '`Day`: extends `Part`')
  assert.equal(rows.get('hour.js'), '`Hour`: Shows the hour of a day.')
})
