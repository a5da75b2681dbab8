import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from './real-sample.ts'

const rowOf = (page: string | undefined, file: string): string =>
  page?.split('\n').find((line) => line.startsWith(`| \`${file}\` |`)) ?? ''

test('names alone do not begin a page; they stand beside their module in a list', async () => {
  const pages = await pagesOf({
    'package.json': '{ "name": "orbit", "version": "1.0.0", "exports": "./src/index.js" }',
    'src/index.js': 'export { fly, land } from "./fly.js"\n',
    'src/fly.js': 'export function fly() {}\nexport function land() {}\nfunction turn() {}\n',
    'tools/a.js': 'export function draw() {}\n',
  })
  const overview = pages.get('overview.md') ?? ''
  assert.doesNotMatch(overview, /Index of public names|^#.*Public API/m)
  assert.match(pages.get('public-api.md') ?? '', /^# Public API\n\n## Functions\n\n`fly`, `land`\n$/)
  const page =
    [...pages].find(([name, text]) => name !== 'overview.md' && /^#+ Also defined here\n\n`fly`/m.test(text))?.[1] ?? ''
  assert.match(page, /^# [^\n]+\n\n(?![^\n]*`fly`, `land`)/)
  assert.match(overview, /^## At a glance\n\n- orbit: `fly`, `land`$/m)
})

test('a private class does not stand for a file, one of several not alone', async () => {
  const many = Array.from('abcdefgh', (name) => `def ${name}open(x):\n    return x\n`).join('\n')
  const pages = await pagesOf({
    'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
    'orbit/__init__.py': '"""Plans orbits."""\nfrom orbit.plan import plan\n__all__ = ["plan"]\n',
    'orbit/plan.py':
      'from orbit._many import aopen, _Fix\nfrom orbit._parts import Stream, Field\n\ndef plan():\n    """Plans one."""\n    return aopen(_Fix(), Stream(Field()))\n',
    'orbit/_many.py': `class _Fix:\n    """Mends what a stream of the system lacks."""\n    def read(self):\n        return 1\n\n${many}`,
    'orbit/_parts.py': `class Field:\n    """One field of a form."""\n    def read(self):\n        return 1\n    def write(self):\n${'        one = 1\n'.repeat(12)}        return one\n\nclass Stream:\n    def __init__(self, field):\n        self.field = field\n`,
    'orbit/inner/__init__.py': 'from orbit._parts import Field, Stream\n',
  })
  assert.equal(rowOf(pages.get('orbit.md'), '_many.py'), '')
  assert.match(rowOf(pages.get('orbit.md'), '_parts.py'), /\| `Field`: One field of a form\. Also: `Stream` \|$/)
})

test('a class of Ruby that is only opened does not stand for a file, a module does', async () => {
  const pages = await pagesOf({
    'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\n  s.files = ["lib/orbit.rb"]\nend\n',
    'lib/orbit.rb':
      'require_relative "orbit/ext/string"\nrequire_relative "orbit/copy"\n\n# Plans orbits.\nmodule Orbit\n  # Plans one.\n  def self.plan\n    "a".fly\n  end\nend\n',
    'lib/orbit/ext/string.rb':
      'class String\n  # Flies.\n  def fly\n    self\n  end\n\n  def land\n    self\n  end\nend\n',
    'lib/orbit/copy.rb':
      'module Orbit\n  # Mixin for what is copied whole.\n  module Copy\n    # The hook that is called by dup.\n    def initialize_copy(source)\n      super\n    end\n  end\nend\n',
  })
  const all = [...pages.values()].join('\n')
  assert.doesNotMatch(all, /\| `(?:\w+\/)*ext\/string\.rb` \|/)
  assert.match(all, /\| `(?:\w+\/)*copy\.rb` \| .{0,60}Mixin for what is copied whole\./)
})

test('a README beside the code does not tell its folder what the whole is, and what leads on to code tells nothing', async () => {
  const pages = await pagesOf({
    'package.json': '{ "name": "orbit", "version": "1.0.0", "exports": "./src/index.js" }',
    'src/index.js': '/** Plans one. */\nexport function plan() {}\n',
    'docs/README.md': '# Orbit\n\nOrbit (from a word for rings) is a planner of ways through space.\n',
    'docs/build.js': 'export function build() {}\n',
    'docs/more.js': 'export function more() {}\n',
    'packages/up/README.md': 'run locally with source files\n\n```sh\nnode up.js\n```\n',
    'packages/up/up.js': 'import { plan } from "../../src/index.js"\nexport function up() { plan() }\n',
    'packages/up/down.js': 'import { up } from "./up.js"\nexport function down() { up() }\n',
  })
  for (const [name, page] of pages)
    if (/^(?:docs|packages)/.test(name)) assert.doesNotMatch(page, /planner of ways|run locally/)
  assert.match(pages.get('overview.md') ?? '', /^JavaScript, /m)
})

test('what the README of a folder says about that folder does not introduce the project', async () => {
  const pages = await pagesOf({
    'README.md': 'Orbit\n=====\nSee our [web site](https://orbit.example) for details on the project.\n',
    'docs/README.md': '# Docs\n\nThe documentation needs to run with [orbit-site](https://example.org/orbit-site).\n',
    'src/index.js': 'export function plan() {}\n',
  })
  assert.doesNotMatch(pages.get('overview.md') ?? '', /needs to run/)
})

test('what a file adds to types of other files is not listed above the headings of all that, nor its path below its name', async () => {
  const words = 'It does so as long as nobody says otherwise, whatever the size. '.repeat(10)
  const methods = Array.from(
    { length: 110 },
    (_, at) => `// Do${at} does ${at}. ${words}\nfunc (s *Set) Do${at}() {}\n`,
  )
  const pages = await pagesOf({
    'go.mod': 'module example.org/orbit\n',
    'set.go': '// Package orbit plans.\npackage orbit\n\n// Set keeps flags.\ntype Set struct{}\n',
    'mask.go': `package orbit\n\n${methods.join('\n')}`,
  })
  const page = [...pages].find(([name]) => name.includes('mask.go'))?.[1] ?? ''
  assert.doesNotMatch(page, /adds `Do0`/i)
  assert.match(page, /^# `mask\.go`\n\n\| name \|/)
})

test('files of which few have words have no table, modules of tools no row', async () => {
  const tool = { '.github/scripts/port.py': '"""Ports flights to older planners."""\n' }
  const quiet = (name: string): string => `def ${name}(x):\n${'    x += 1\n'.repeat(40)}    return x\n`
  const filesOf = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [`orbit/${name}.py`, quiet(name)]))
  const told = { 'orbit/burn.py': `"""Burns the fuel of flights."""\n${quiet('burn')}` }
  for (const [names, isTable] of [
    [['plan', 'land'], true],
    [['plan', 'land', 'wait', 'turn'], false],
  ] as const) {
    const pages = await pagesOf({ ...tool, ...told, ...filesOf(names) })
    assert.equal(rowOf(pages.get('orbit.md'), 'burn.py') !== '', isTable)
    assert.doesNotMatch(pages.get('overview.md') ?? '', /Ports flights/)
  }
})
