import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyseTexts } from './analyse-texts.ts'

const FILES = {
  'lib.ts':
    'export function a() {}\nexport class B {}\nexport interface T {}\nexport default class Main {}\nconst own = 1\nexport { own }\n',
  'index.ts': "export { a as renamed, default } from './lib'\nexport * as all from './lib'\n",
  'tool.js': 'function tool() {}\ntool.cut = function cut() {}\nmodule.exports = tool\n',
  'use.ts': `import fs, { readFile as read } from 'node:fs'
import * as path from 'node:path'
import Main, { a, type T, renamed as again, all } from './index'
import type { B as Bee } from './lib'
import './side'
import tool = require('./tool')
import missing from './missing'
import { own } from './lib'
export { B } from './lib'
export async function load() {
  const { a: later, default: Other, ...rest } = await import('./lib')
  const lib = await import('./lib')
  const yaml = (await import('yaml')).parse
}
`,
  'use.js': `const tool = require('./tool')
var { cut, join: j } = require('./tool'), parse = require('url').parse
function late() {
  const lib = require('./lib')
}
`,
}

test('imports bind names of the repository and of elsewhere', async () => {
  const { occurrences } = await analyseTexts(FILES)
  const bindings = (path: string): string[] =>
    occurrences
      .bindingsOf(path)
      .map(({ name, imported, module, to, line }) => `${line} ${name} = ${imported ?? '*'} of ${module}: ${to}`)
  assert.deepEqual(bindings('use.ts'), [
    '1 fs = default of node:fs: null',
    '1 read = readFile of node:fs: null',
    '2 path = * of node:path: null',
    '3 Main = default of ./index: lib.ts#Main',
    '3 a = a of ./index: index.ts',
    '3 T = T of ./index: index.ts',
    '3 again = renamed of ./index: lib.ts#a',
    '3 all = all of ./index: lib.ts',
    '4 Bee = B of ./lib: lib.ts#B',
    '6 tool = * of ./tool: tool.js#tool',
    '7 missing = default of ./missing: null',
    '8 own = own of ./lib: lib.ts#own',
    '11 later = a of ./lib: lib.ts#a',
    '11 Other = default of ./lib: lib.ts#Main',
    '12 lib = * of ./lib: lib.ts',
    '13 yaml = parse of yaml: null',
  ])
  assert.deepEqual(bindings('use.js'), [
    '1 tool = * of ./tool: tool.js#tool',
    '2 cut = cut of ./tool: tool.js#tool.cut',
    '2 j = join of ./tool: tool.js',
    '2 parse = parse of url: null',
    '4 lib = * of ./lib: lib.ts',
  ])
  assert.deepEqual(bindings('lib.ts'), [])
})
