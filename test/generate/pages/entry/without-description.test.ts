/** What nothing describes is a line at the end of its file. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from '../real-sample.ts'

const allOf = async (texts: Record<string, string>): Promise<string> => [...(await pagesOf(texts)).values()].join('\n')

test('functions of scripts and of programs without a comment have one line each, those with one an entry', async () => {
  const shell = await allOf({
    'bin/orbit': '#!/bin/bash\n\nabort() {\n  exit 1\n}\n\n# Plans one flight.\nplan() {\n  abort\n}\n\nplan "$@"\n',
  })
  assert.match(shell, /Without description\n\n- `abort\(\)`\n/)
  assert.match(shell, /^#+ `plan`$/m)
  assert.doesNotMatch(shell, /^#+ `abort`$/m)
  const long = Array.from({ length: 12 }, (_, index) => `parameter${index} int`).join(', ')
  const go = await allOf({
    'go.mod': 'module example.org/orbit\n',
    'main.go': `package main\n\nconst Far = 0x1\n\ntype empty struct{}\n\n// full holds one.\ntype full struct{ at int }\n\nfunc Pick(${long}) {}\n\nfunc main() { _ = full{at: Far} }\n`,
  })
  const lines = /Without description\n\n((?:[-*] .*\n)+)/.exec(go)?.[1] ?? ''
  assert.match(lines, /`const Far = 0x1`/)
  assert.match(lines, /`type empty struct`/)
  assert.match(lines, /`func Pick\(.{1,110}…`/)
  assert.doesNotMatch(lines, /full/)
})

test('a line says under which condition it is defined, and what members a type has', async () => {
  const rust = await allOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "0.1.0"\n\n[features]\nnet = []\n',
    'src/main.rs':
      '#[cfg(feature = "net")]\nfn fetch() -> u8 {\n    1\n}\n\nfn plain() {}\n\nfn main() {\n    plain()\n}\n',
  })
  assert.match(rust, /^- .*`fn fetch\(\) -> u8`(?:\]\([^)]*\))? \(`#\[cfg\(feature = "net"\)\]`\)$/m)
  assert.match(rust, /^- .*`fn plain\(\)`(?:\]\([^)]*\))?$/m)
  const ruby = await allOf({
    'lib/orbit.rb':
      'module Orbit\n  # Colours text.\n  module Colours\n    def red\n      self\n    end\n  end\nend\n\nclass Text\n  include Orbit::Colours\nend\n\nclass Bare\nend\n',
  })
  assert.match(ruby, /^#+ `Orbit::Colours`$/m)
  assert.match(ruby, /Without description\n\n- .*`class Text`.*\n- .*`class Bare`/)
})

test('what a package exports keeps its entry if it has parameters, methods or words', async () => {
  const page = await allOf({
    'package.json': '{"name":"orbit","version":"1.0.0","exports":"./src/index.ts"}',
    'src/index.ts': "export * from './plan.ts'\n",
    'src/plan.ts':
      "export function plan(body: string): string {\n  return pick() + body\n}\nexport function pick(): string {\n  return 'a'\n}\nexport interface Body {\n  mass: number\n  /** The radius. */\n  radius: number\n}\nexport interface Ship {\n  /** In tons, with fuel. */\n  mass: number\n  /** The name. */\n  name: string\n}\nexport class Fault extends Error {\n  constructor(body: string) {\n    super(body)\n  }\n}\nexport class Engine {\n  burn(seconds: number): void {}\n}\n/** Returns the engine. */\nexport function engine(): Engine {\n  return new Engine()\n}\n",
  })
  for (const name of ['plan', 'Ship', 'Engine']) assert.match(page, new RegExp(`^#+ \`${name}\`$`, 'm'))
  for (const name of ['pick', 'Body', 'Fault']) assert.doesNotMatch(page, new RegExp(`^#+ \`${name}\`$`, 'm'))
  assert.match(page, /Without description\n\n- .*`pick\(\): string`/)
  assert.match(page, /^- .*`interface Body`(?:\]\([^)]*\))?: `mass`, `radius`$/m)
  assert.match(page, /^- .*`name`(?:\]\([^)]*\))? `string`$/m)
})

test('functions that are properties of an exported object, or its default, keep their entries', async () => {
  const page = await allOf({
    'package.json': '{"name":"orbit","version":"1.0.0","type":"module","exports":"./index.js"}',
    'index.js':
      "import { plan } from './plan.js'\nfunction pick(a) {\n  return aside(plan(a))\n}\nfunction aside(a) {\n  return a\n}\nconst orbit = { plan, choose: pick }\nexport default orbit\n",
    'plan.js': 'export function plan(a) {\n  return a\n}\nexport function other(a) {\n  return a\n}\n',
  })
  for (const name of ['plan', 'pick']) assert.match(page, new RegExp(`^#+ \`${name}\`$`, 'm'))
  assert.doesNotMatch(page, /^#+ `(?:aside|other)`$/m)
  assert.match(page, /Without description\n\n- `aside\(a\)`\n/)
  assert.match(page, /Without description\n\n- `other\(a\)`\n/)
  const common = await allOf({
    'package.json': '{"name":"orbit","version":"1.0.0","main":"index.js"}',
    'index.js': "const plan = require('./plan')\nmodule.exports = { plan, pick(a) {\n  return a\n} }\n",
    'plan.js': 'function plan(a) {\n  return aside(a)\n}\nfunction aside(a) {\n  return a\n}\nmodule.exports = plan\n',
  })
  for (const name of ['plan', 'pick']) assert.match(common, new RegExp(`^#+ \`${name}\`$`, 'm'))
  assert.match(common, /Without description\n\n- `aside\(a\)`\n/)
})

test('a line tells the value and the condition', async () => {
  const page = await allOf({
    'app/size.py': 'import os\n\nif os.name == "nt":\n\n    def wide():\n        return 1\n',
    'lib/ship.rb':
      'module Hull\n  # Is hard.\n  def hard; end\nend\n\nclass Ship\n  include Hull\nend\n\nclass Boat\nend\n',
    'size.c': '#define WIDE 3\n\nint size(void) { return WIDE; }\n',
  })
  assert.match(page, /^- `def wide\(\)` \(`if os\.name == "nt"`\)$/m)
  assert.match(page, /^- `#define WIDE 3`$/m)
  assert.match(page, /^- `module Hull`: `hard`$/m)
  assert.match(page, /^- `class Boat`$/m)
})

test('a function that calls a method of what it makes, or that is async, returns no object of that class', async () => {
  const page = await allOf({
    'package.json': '{"name":"orbit","version":"1.0.0","main":"index.js"}',
    'index.js':
      'exports.tested = (a) => {\n  return new RegExp(a(1), "u").test(a)\n}\nexports.late = async (a) => {\n  return new Map(a)\n}\nexports.made = (a) => {\n  return new Map(a(1))\n}\n',
  })
  assert.equal(page.match(/Returns: /g)?.length, 1)
  assert.match(page, /^Function in index\.js, lines 7 to 9 · Returns: `Map`$/m)
})
