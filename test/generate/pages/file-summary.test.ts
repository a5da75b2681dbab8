import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from './real-sample.ts'

/** A page without the addresses of its links; `*` is all pages. */
async function pageOf(texts: Record<string, string>, page: string): Promise<string> {
  const pages = await pagesOf(texts)
  if (page === '*') return [...pages.values()].join('\n')
  return pages.get(page) ?? [...pages.keys()].join(' ')
}

const rowOf = (page: string, file: string): string =>
  page.split('\n').find((line) => line.startsWith(`| \`${file}\` |`)) ?? ''

test('a file is said to hold what it adds to types of other files, what is deprecated and for what, or its names', async () => {
  const page = await pageOf(
    {
      'go.mod': 'module example.org/orbit\n',
      'set.go':
        '// Package orbit plans.\npackage orbit\n\n// Set keeps flags.\ntype Set struct{}\n\nfunc (s *Set) Add() {}\n',
      'mask.go': 'package orbit\n\nfunc (s *Set) Mask() {}\n\nfunc (s *Set) GetMask() {}\n',
      'old.go': 'package orbit\n\n// Fly flies.\n//\n// Deprecated: use Add.\nfunc Fly() {}\n',
      'set_test.go': 'package orbit\n\nimport "testing"\n\nfunc TestSet(t *testing.T) {}\n',
      'inner.go': 'package orbit\n\nfunc plan() { burn() }\n\nfunc burn() { plan() }\n',
    },
    'top-level-files.md',
  )
  assert.equal(rowOf(page, 'mask.go'), '| `mask.go` | adds `Mask`, `GetMask` to `Set` |')
  assert.equal(rowOf(page, 'old.go'), '| `old.go` | deprecated: `Fly` (use Add) |')
  assert.equal(rowOf(page, 'inner.go'), '| `inner.go` | `plan()`, `burn()` |')
  assert.equal(rowOf(page, 'set.go'), '| `set.go` | `Set` keeps flags. · defines `Add` |')
  assert.doesNotMatch(page, /\d+ lines/)
})

test('a file is told by its own functions before what it adds to types of other files', async () => {
  const page = await pageOf(
    {
      'go.mod': 'module example.org/orbit\n',
      'set.go':
        '// Package orbit plans.\npackage orbit\n\n// Set keeps flags.\ntype Set struct{}\n\nfunc (s *Set) Add() {}\n',
      'path.go':
        'package orbit\n\nfunc (s *Set) Walk() { Walk(s) }\n\n// Walk visits all.\nfunc Walk(s *Set) {}\n\n// Skip leaves out.\nfunc Skip(s *Set) {}\n',
      'old.go': 'package orbit\n\n// Fly flies.\nfunc Fly() {}\n',
      'inner.go': 'package orbit\n\nfunc plan() { burn() }\n\nfunc burn() { plan() }\n',
    },
    'top-level-files.md',
  )
  assert.match(rowOf(page, 'path.go'), /^\| `path\.go` \| `(?:Walk`, `Skip|Skip`, `Walk)` · adds `Walk` to `Set` \|$/)
})

test('of a program what other files use leads, before longer helpers of the file itself', async () => {
  const page = await pageOf(
    {
      'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
      'src/main.rs': 'mod link;\nmod plan;\n\nfn main() {\n    plan::plan();\n    link::Address::of("a");\n}\n',
      'src/plan.rs': 'pub fn plan() {}\n\nfn burn() { plan() }\n',
      'src/link.rs': `pub(crate) struct Address(String);\n\nimpl Address {\n    pub(crate) fn of(name: &str) -> Self { Address(encode(name)) }\n}\n\nfn encode(name: &str) -> String {\n${'    host();\n'.repeat(20)}    name.to_string()\n}\n\nfn host() {}\n`,
    },
    'src.md',
  )
  assert.match(
    rowOf(page, 'link.rs'),
    /^\| `link\.rs` \| `Address`, `encode\(name\) -> String`, `host\(\)` · used by `main\.rs` \|$/,
  )
})

test('what is internal is told by what it says of itself, or what is said of what it is called after', async () => {
  const page = await pageOf(
    {
      'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
      'orbit/__init__.py': '"""Plans orbits."""\nfrom orbit.plan import plan\n__all__ = ["plan"]\n',
      'orbit/plan.py':
        '"""Plans."""\nfrom orbit._wrap import _wrap\n\ndef plan():\n    """Plans one."""\n    return _wrap()\n',
      'orbit/_wrap.py':
        '"""Function decorator helpers."""\n\ndef _wrap():\n    return _inner()\n\ndef _inner():\n    return 1\n',
      'orbit/_sort.py':
        'def _sort(things):\n    """Sorts things by weight, the heaviest first."""\n    return _swap(things)\n\ndef _swap(things):\n    return things\n',
    },
    'orbit.md',
  )
  assert.equal(rowOf(page, '_wrap.py'), '| `_wrap.py` | internal: Function decorator helpers. |')
  assert.equal(rowOf(page, '_sort.py'), '| `_sort.py` | internal: Sorts things by weight, the heaviest first. |')
})

test('a header of many names without words is told by the first, what defines them by the header; tests compiled apart are none', async () => {
  const functions = Array.from({ length: 6 }, (_, n) => `int orbit_f${n}(void);\n`).join('')
  const page = await pageOf(
    {
      'orbit.h': `#ifndef ORBIT_H\n#define ORBIT_H\n#define ORBIT_BITS 3\n#define ORBIT_NAME(T) struct orbit_size_##T\nstruct orbit_size_small { int a; };\n${functions}static inline int orbit_len(int a) { return a; }\n#ifdef ORBIT_TEST\nint orbit_test(void);\n#endif\n#endif\n`,
      'orbit.c': `#include "orbit.h"\n${functions.replaceAll(';', ' { return 1; }')}int pick(void) { return sizeof(struct orbit_size_small); }\n#ifdef ORBIT_TEST\nint orbit_test(void) { return orbit_f1(); }\nint main(void) { return orbit_test(); }\n#endif\n`,
      'alloc.h':
        '/* Copyright nobody. */\n\n/* Allocator selection.\n *\n * Define these to choose another one. */\n\n#define s_malloc malloc\n#define s_free free\n',
    },
    'top-level-files.md',
  )
  assert.equal(
    rowOf(page, 'orbit.h'),
    '| `orbit.h` | `orbit_len(a)`, `orbit_f0()`, `orbit_f1()`, `orbit_f2()`, `orbit_f3()` and 5 more |',
  )
  assert.equal(rowOf(page, 'orbit.c'), '| `orbit.c` | implements `orbit.h` · `pick` |')
  assert.doesNotMatch(rowOf(page, 'orbit.c'), /main|orbit_test/)
  assert.equal(rowOf(page, 'alloc.h'), '| `alloc.h` | Allocator selection. Define these to choose another one. |')
  assert.ok(page.includes('```c\n#define ORBIT_BITS 3\n```'))
  // `sizeof` of a struct whose name a macro may build as well.
  assert.doesNotMatch(page, /Used in \d/)
})

test('constants that count up have one entry with their values', async () => {
  const page = await pageOf(
    {
      'go.mod': 'module example.org/orbit\n',
      'kind.go': `package orbit

// Kind is what a thing is.
type Kind int

const (
	// Small fits in.
	Small Kind = iota + 1
	Middle
	_
	Large
)

const Other = 3
`,
    },
    'top-level-files.md',
  )
  assert.match(
    page,
    /### `Small` … `Large`\n\n[-*] `Small` = `1`: Small fits in\.\n[-*] `Middle` = `2`\n[-*] `Large` = `4`/,
  )
  assert.match(page, /### `Other`/)
})

test('what C++ keeps in a namespace of details leads no list, and a project of CMake says what it is', async () => {
  const texts = {
    'CMakeLists.txt': 'project(orbit VERSION 1.2\n  DESCRIPTION "A planner of flights for C++17"\n  LANGUAGES CXX)\n',
    'orbit.hpp':
      '#pragma once\nnamespace orbit {\nnamespace details {\ninline int join(int a) { return a; }\n}\nclass Plan {\n public:\n  int go() { return details::join(1); }\n};\n}\n',
    'more.hpp':
      '#pragma once\n#include "orbit.hpp"\nnamespace orbit { inline int more(int a) { return details::join(a); } }\n',
    'third.hpp':
      '#pragma once\n#include "orbit.hpp"\nnamespace orbit { inline int third(int a) { return details::join(a); } }\n',
  }
  const page = await pageOf(texts, 'top-level-files.md')
  assert.doesNotMatch(rowOf(page, 'orbit.hpp'), /join/)
  const overview = await pageOf(texts, 'overview.md')
  assert.match(overview, /^# orbit\n\nA planner of flights for C\+\+17\n/)
  assert.doesNotMatch(overview, /details/)
})

test('the file that stands for a package is called its entry', async () => {
  const page = await pageOf(
    {
      'pyproject.toml':
        '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "orbit"\nversion = "1.0"\n[tool.hatch.build.targets.wheel]\npackages = ["orbit"]\n',
      'orbit/__init__.py':
        'from ._plan import Plan, draw\n\n__all__ = ["Plan", "draw"]\n\n\ndef __getattr__(name):\n    raise AttributeError(name)\n',
      'orbit/_plan.py': 'class Plan:\n    """Plans burns."""\n\n\ndef draw(plan: Plan):\n    """Draws plans."""\n',
      'orbit/_more.py': 'def more():\n    return 1\n',
    },
    'orbit.md',
  )
  assert.equal(rowOf(page, '__init__.py'), '| `__init__.py` | entry point of the package `orbit` |')
})

test('a file of several definitions is told by what their comments say, never by options or a method of a type that others add as well', async () => {
  const page = await pageOf(
    {
      'go.mod': 'module example.org/orbit\n',
      'main.go':
        'package main\n\n// Sets a flag.\nfunc flag() { plan(DrawOptions{}) }\n\nfunc main() { flag(); stat() }\n',
      'plan.go':
        'package main\n\n// DrawOptions holds all settings.\ntype DrawOptions struct {\n\tA int\n\tB int\n\tC int\n}\n\n// draw renders all flights.\nfunc draw(o DrawOptions) {\n\tcut()\n\tcut()\n}\n\n// cut trims one line of text.\nfunc cut() {}\n\nfunc plan(o DrawOptions) { draw(o) }\n',
      'stat_one.go':
        'package main\n\n// Stat reads the state.\nfunc (b Body) Stat() int { return parse() }\n\n// parse reads /proc/mounts.\nfunc parse() int {\n\treturn 1\n}\n\nfunc stat() { Body{}.Stat() }\n',
      'stat_two.go': 'package main\n\nfunc (b Body) Stat() int { return 2 }\n\nfunc stat() {}\n',
      'body.go': 'package main\n\n// Body is what flies around.\ntype Body struct{}\n',
    },
    'top-level-files.md',
  )
  assert.equal(
    rowOf(page, 'plan.go'),
    '| `plan.go` | `plan` · `draw` renders all flights. · `cut` trims one line of text. · `DrawOptions` |',
  )
  assert.equal(rowOf(page, 'stat_one.go'), '| `stat_one.go` | `parse` reads /proc/mounts. · `stat` |')
  assert.equal(rowOf(page, 'body.go'), '| `body.go` | `Body` is what flies around. |')
  assert.doesNotMatch(page, /file of|Sets a flag.*\|$/m)
})

test('constants of a program have one entry for each block, below what the file does', async () => {
  const page = await pageOf(
    {
      'go.mod': 'module example.org/orbit\n',
      'main.go':
        'package main\n\nconst (\n\tONE = 0x1 // the first of them\n\tTWO = 0x2\n\tSIX = 6\n)\n\nvar all = map[int]string{ONE: "one", TWO: "two"}\n\nfunc main() { print(all[SIX]) }\n',
    },
    'top-level-files.md',
  )
  assert.match(
    page,
    /Internal definitions<[\s\S]*### `ONE` … `SIX`\n\n[-*] `ONE` = `0x1`.*\n[-*] `TWO` = `0x2`\n[-*] `SIX` = `6`\n/,
  )
  assert.doesNotMatch(page, /### `(?:ONE|TWO)`\n/)
})

test('what is internal is named by how much of the file it is', async () => {
  const functions = ['first', 'second'].map((name) => `def ${name}(x):\n    return x\n\n\n`)
  const page = await pageOf(
    {
      'pyproject.toml': '[project]\nname = "orbit"\nversion = "1.0"\n',
      'orbit/__init__.py': 'from ._one import run\n\n__all__ = ["run"]\n',
      'orbit/_one.py': 'from ._inner import Engine\n\n\ndef run():\n    """Runs."""\n    return Engine()\n',
      'orbit/_other.py': 'def _other():\n    """Others."""\n',
      'orbit/_inner.py': `${functions.join('')}class Engine:\n    def go(self):\n${'        print(1)\n'.repeat(20)}`,
    },
    'orbit.md',
  )
  assert.equal(rowOf(page, '_inner.py'), '| `_inner.py` | `Engine`, `first(x)`, `second(x)` · used by `_one.py` |')
})

test('private names come after others in the row of a file', async () => {
  const texts = Object.fromEntries(
    ['One', 'Two', 'Three'].map((name) => [`src/${name}.kt`, `package orbit\n\n/** Flies. */\nfun fly${name}() {}\n`]),
  )
  const code =
    'package orbit\n\nprivate fun js() { all() }\n\ninternal fun all() { js() }\n\ninternal fun use() { all() }\n'
  const page = await pageOf({ ...texts, 'src/Codes.kt': code }, '*')
  assert.equal(rowOf(page, 'Codes.kt'), '| `Codes.kt` | `all()`, `use()`, `js()` |')
})

test('what says that it is for others than users tells so, and stands for no module', async () => {
  const texts = {
    'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
    'README.md': '# orbit\n',
    'orbit/__init__.py': 'from orbit.find import Finder, plan\n__all__ = ["Finder", "plan"]\n',
    'orbit/find.py':
      'class Finder:\n    """Wraps another finder of orbits.\n\n    Should not be used directly, but via :func:`plan`.\n    """\n' +
      '    def find(self):\n        """Finds."""\n        return 1\n\n    def seek(self):\n        """Seeks."""\n        return 2\n\n' +
      'def plan():\n    """Plans an orbit around a body."""\n    return Finder().find()\n',
    'orbit/use.py': 'from orbit.find import Finder\n\ndef _run():\n    return Finder()\n',
  }
  const overview = await pageOf(texts, 'overview.md')
  assert.match(
    overview,
    /`Finder` \| Wraps another finder of orbits\. Should not be used directly, but via `plan`\. \|/,
  )
  assert.ok(overview.indexOf('function `plan`') < overview.indexOf('class `Finder`'))
  assert.doesNotMatch(await pageOf(texts, 'orbit.md'), /`Finder`: Wraps/)
})

test('what only repeats the name of a file is not said of it, and a definition that many files have says nothing of one', async () => {
  const command = (name: string): string =>
    `pub fn run(argv: &[&str]) -> bool {\n    ${name}(argv)\n}\n\nfn ${name}(argv: &[&str]) -> bool {\n    argv.len() > 1\n}\n`
  const page = await pageOf(
    {
      'package.json': '{"name":"orbit","main":"src/index.js"}',
      'src/index.js':
        "export { useTheme } from './useTheme.js'\nexport { turn } from './state.js'\nexport { speed } from './state.js'\n",
      'src/useTheme.js': 'export function useTheme(name) {\n  return name\n}\n',
      'src/state.js': 'export const speed = 12\n\nexport function turn() {\n  return speed\n}\n',
      'src/serve.js': `function one() {}\n\nfunction two() {}\n\n${'globalThis.serve(one, two)\n'.repeat(12)}`,
    },
    'src.md',
  )
  assert.equal(rowOf(page, 'useTheme.js'), '| `useTheme.js` | `useTheme(name)` |')
  assert.equal(rowOf(page, 'serve.js'), '')
  assert.equal(rowOf(page, 'state.js'), '| `state.js` | `turn()`, `speed` |')
  const program = await pageOf(
    {
      'Cargo.toml': '[package]\nname = "orbit"\nversion = "0.1.0"\n',
      'src/main.rs':
        'mod cut;\nmod fly;\nmod land;\n\nfn main() {\n    cut::run(&[]);\n    fly::run(&[]);\n    land::run(&[]);\n}\n',
      'src/cut.rs': command('cut_all'),
      'src/fly.rs': command('fly_all'),
      'src/land.rs': command('land_all'),
    },
    'src.md',
  )
  for (const file of ['cut.rs', 'fly.rs', 'land.rs']) assert.doesNotMatch(rowOf(program, file), /argv/)
})

/** Enough files for a table of them. */
const SOME_OF_RUST = {
  'src/lib.rs': 'pub mod burn;\npub mod plan;\npub mod bits;\npub mod node;\npub mod a;\npub mod b;\n',
  'src/a.rs': '/// Plans a of all burns.\npub struct Ax(pub bool);\n',
  'src/b.rs': '/// Plans b of all burns.\npub struct Bx(pub bool);\n',
}

test('the only method of a class does not describe it, nor a few beside many fields', async () => {
  const fields = Array.from({ length: 12 }, (_, n) => `    pub bit_${n}: bool,\n`).join('')
  const page = await pageOf(
    {
      'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
      ...SOME_OF_RUST,
      'src/burn.rs': 'pub struct Burn;\n\nimpl Burn {\n    pub fn set(&self) {}\n    pub fn end(&self) {}\n}\n',
      'src/node.rs': 'pub struct Node {\n    index: u64,\n}\n\nimpl Node {\n    pub fn render(&self, to: u8) {}\n}\n',
      'src/bits.rs': `pub struct Bits {\n${fields}}\n\nimpl Bits {\n    pub fn render(&self) {}\n    pub fn test(&self) {}\n}\n`,
    },
    'src.md',
  )
  assert.match(rowOf(page, 'burn.rs'), /`Burn`: has `set\(\)`, `end\(\)`/)
  assert.doesNotMatch(rowOf(page, 'node.rs'), /has/)
  assert.doesNotMatch(rowOf(page, 'bits.rs'), /has|more/)
})

test('a comment that only names what its file defines gives way to the words of that', async () => {
  const page = await pageOf(
    {
      'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
      ...SOME_OF_RUST,
      'src/burn.rs':
        '//! This module defines the [Burn] flag. To set it up, use the\n//! [set](Burn::set) method.\n\n/// Whether to fire all engines at once.\npub struct Burn(pub bool);\n\nimpl Burn {\n    pub fn set() {}\n}\n',
      'src/plan.rs': '//! This module defines the order of all burns.\n\npub struct Plan(pub bool);\n',
    },
    'src.md',
  )
  assert.match(rowOf(page, 'burn.rs'), /Whether to fire all engines at once\./)
  assert.doesNotMatch(rowOf(page, 'burn.rs'), /This module/)
  assert.match(rowOf(page, 'plan.rs'), /This module defines the order of all burns\./)
})

test('the comment of a file that explains something else is passed over, up to its first part', async () => {
  const about = '# Markdown is a lightweight markup language.\n#\n'
  const page = await pageOf(
    {
      'orbit.gemspec': "Gem::Specification.new do |s|\n  s.name = 'orbit'\nend\n",
      'lib/orbit.rb':
        "# Renders plans.\nmodule Orbit\nend\n\nrequire_relative 'orbit/disc'\nrequire_relative 'orbit/rock'\n",
      'lib/orbit/disc.rb': `# = Disc\n#\n${about}# Disc turns plans into pages.\n\nmodule Orbit\n  class Disc\n  end\nend\n`,
      'lib/orbit/rock.rb': `# = Rock\n#\n${about}# = Example\n#\n# Hello world, this is a page.\n\nmodule Orbit\n  class Rock\n    def roll(far)\n    end\n  end\nend\n`,
    },
    'lib.md',
  )
  assert.match(rowOf(page, 'orbit/disc.rb'), /Disc turns plans into pages\./)
  assert.doesNotMatch(page, /\| (?:Markdown|Hello)/)
})

test('a program is told by its command, types before what a file adds, and a file of helpers by the name that users see and by what uses it', async () => {
  const script = {
    'package.json': '{"name": "orbit", "main": "lib/orbit.js", "bin": {"orbit": "./bin/orbit"}}',
    'lib/orbit.js': "/** Plans orbits. */\nexports.plan = function (n) { return n }\nrequire('../bin/other')\n",
    'bin/other.js': 'exports.other = () => 1\n',
    'bin/orbit': `#!/usr/bin/env node\nconst { plan } = require('../lib/orbit')\nfunction listen (port) {\n${'  plan(port)\n'.repeat(9)}}\nlisten(1)\n`,
  }
  assert.equal(rowOf(await pageOf(script, '*'), 'bin/orbit'), '| `bin/orbit` | command `orbit` · `listen(port)` |')
  const ruby = {
    'orbit.gemspec': "Gem::Specification.new do |s|\n  s.name = 'orbit'\n  s.files = Dir['lib/**/*.rb']\nend\n",
    'lib/orbit.rb':
      "# Plans orbits.\nmodule Orbit\n  NAME = 'orbit'\nend\nrequire 'orbit/errors'\nrequire 'orbit/plan'\n",
    'lib/orbit/plan.rb': 'module Orbit\n  # One plan.\n  class Plan\n    def run; end\n  end\nend\n',
    'lib/orbit/errors.rb':
      "module Orbit\n  CODES = { 1 => 'lost' }\n  NAMES = { 'lost' => 1 }\n\n  class Failed < RuntimeError\n    def code; 1; end\n  end\n\n  class Lost < Failed\n    def where; 1; end\n  end\nend\n",
  }
  assert.match(
    await pageOf(ruby, '*'),
    /^\| `orbit\/errors\.rb` \| `Orbit::Lost`, `Orbit::Failed` · adds `CODES`, `NAMES` to `Orbit` \|$/m,
  )
  const helper = (n: number): string => `def help_${n}(value):\n${'    value += 1\n'.repeat(9)}    return value\n\n\n`
  const python = {
    'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
    'orbit/__init__.py':
      '"""Plans orbits."""\nfrom orbit._tools import Unset\nfrom orbit.plan import plan\n__all__ = ["Unset", "plan"]\n',
    'orbit/plan.py': 'from orbit._tools import help_1\n\n\ndef plan(n):\n    """Plans one."""\n    return help_1(n)\n',
    ...Object.fromEntries(
      ['fly', 'land', 'turn', 'wait'].map((name) => [
        `orbit/${name}.py`,
        `from orbit._tools import help_1\n\n\nclass ${name.toUpperCase()}:\n    """A part of a flight that is called ${name}."""\n\n    def run(self):\n        return help_1(1)\n`,
      ]),
    ),
    'orbit/_tools.py': `flag = (1, 2)\n\n\n${[1, 2, 3, 4, 5, 6, 7].map(helper).join('')}class Unset:\n    pass\n`,
  }
  assert.equal(
    rowOf(await pageOf(python, '*'), '_tools.py'),
    '| `_tools.py` | `Unset` · used by `fly.py`, `land.py` and 4 more |',
  )
})

test('a module with the program of a package is told by its command first', async () => {
  const pages = await pagesOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/main.rs': 'mod plan;\n\nfn main() {\n    plan::plan();\n}\n',
    'src/plan.rs': 'pub fn plan() { burn() }\n\nfn burn() {}\n',
  })
  assert.match(pages.get('overview.md') ?? '', /\| command `orbit` · `plan` \|/)
  // The name of a command alone says no more than the title.
  assert.doesNotMatch(pages.get('src.md') ?? '', /^command/m)
})

test('what a file is named after is not what it is about, where it is short beside the others and has no words', async () => {
  const body = '    def fly(self):\n        return 1\n\n    def land(self):\n        return 2\n\n'.repeat(6)
  const page = await pageOf(
    {
      'pyproject.toml': '[project]\nname = "orbit"\nversion = "1.0"\n[build-system]\nrequires = ["hatchling"]\n',
      'orbit/__init__.py': 'from .plan import Flight, Leg, Plan\n\n__all__ = ["Flight", "Leg", "Plan"]\n',
      'orbit/plan.py': `class Plan:\n    def go(self): return 1\n    def stop(self): return 2\n\n\nclass Flight:\n${body}\n\nclass Leg:\n${body}`,
      'orbit/burn.py': 'def burn():\n    """Burns at a burn."""\n',
      'orbit/turn.py': 'def turn():\n    """Turns at a burn."""\n',
      'orbit/wait.py': 'def wait():\n    """Waits at a burn."""\n',
    },
    'orbit.md',
  )
  assert.equal(rowOf(page, 'plan.py'), '| `plan.py` | `Plan`, `Flight`, `Leg` |')
})

test('a docstring of Python says what a definition in a branch is, unless that handles an error', async () => {
  const page = await pageOf(
    {
      'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
      'orbit/__init__.py': '"""Plans orbits."""\nfrom orbit.lock import Lock, stop\n__all__ = ["Lock", "stop"]\n',
      'orbit/lock.py':
        'import sys\n\nif sys.platform == "win32":\n    class Lock:\n        """Stands in on Windows, where nothing is locked."""\nelse:\n    class Lock:\n        """Locks the file of an orbit for one process."""\n        def take(self): ...\n\ntry:\n    import fast\nexcept ImportError:\n    def stop(fd):\n        """Stops slowly, because nothing faster is there."""\n',
    },
    '*',
  )
  assert.match(page, /\| class `Lock` \| Locks the file of an orbit for one process/)
  assert.doesNotMatch(page, /\| function `stop` [^\n]*Stops slowly/)
})

test('a file with the name of its only type is told by the members of that, but not on its own page', async () => {
  const texts = {
    'Orbit.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
    'Leg.cs': `namespace Orbit;\n\npublic class Leg\n{\n    public int Size { get; set; }\n    public int Start { get; private set; }\n    public Leg SetSize(int size) { Size = size; return this; }\n${'    // more\n'.repeat(80)}}\n`,
    'Plan.cs': `namespace Orbit;\n\npublic class Plan\n{\n${[...'abcdefghi'].map((name) => `    public void Fly${name}() {}\n`).join('')}${'    // more\n'.repeat(80)}}\n`,
  }
  for (const name of ['Burn', 'Drift', 'Orbit', 'Route', 'Stage', 'Wait'])
    Object.assign(texts, { [`${name}.cs`]: texts['Leg.cs'].replaceAll('Leg', name) })
  const all = await pageOf(texts, '*')
  assert.match(all, /`Leg`: has `Size`, `Start`, `SetSize`/)
  assert.match(all, /`Plan`: has `Flya`, `Flyb`, `Flyc`, `Flyd`, `Flye`, `Flyf`, `Flyg`, `Flyh`, `Flyi`/)
  assert.doesNotMatch(all, /^`Leg`: has /m)
  assert.doesNotMatch(all, /\bclass `(?:Leg|Plan)`/)
})

test('a table of files counts the same users as the file itself, and says where there may be more', async () => {
  const texts = {
    'package.json': '{ "name": "orbit", "type": "module", "exports": "./index.js" }',
    'index.js': "export { plan } from './plan/index.js'\nexport { fly } from './fly/index.js'\n",
    'plan/index.js': "import { step, turn } from '../step/index.js'\nexport const plan = () => step(turn())\n",
    'fly/index.js': "import { step, turn } from '../step/index.js'\nexport const fly = () => step(turn())\n",
    'step/index.js': 'export const step = (a) => a\nexport const turn = () => 1\n',
    'README.md': '# orbit\n',
  }
  const all = await pageOf(texts, '*')
  assert.match(
    all,
    /^\| `(?:step\/)?index\.js` \| `step\(a\)`, `turn\(\)` · used by `fly\/index\.js`, `plan\/index\.js` \|$/m,
  )
  assert.match(all, /<summary>Used by 2 files<\/summary>/)
  assert.doesNotMatch(all, /used by `index\.js`/, 'what only passes a file on does not tell what it is for')
  const kotlin = {
    'build.gradle.kts': 'plugins { kotlin("jvm") }\n',
    'src/main/kotlin/org/orbit/Plan.kt': 'package org.orbit\n\nclass Plan\n\nfun make(): Plan = Plan()\n',
    'src/main/kotlin/org/orbit/On.kt': 'package org.orbit\n\nfun Plan.onOk() {}\n\nfun Plan.onErr() {}\n',
    'src/main/kotlin/org/orbit/Old.kt': 'package org.orbit\n\nfun old(plan: Plan) = plan.onOk()\n',
    'src/main/kotlin/org/orbit/Each.kt':
      'package org.orbit\n\nfun each(plans: Any?) = unknown(plans).each { it.onErr() }\n',
  }
  const others = await pageOf(kotlin, '*')
  assert.match(rowOf(others, 'On.kt'), /used by `Old\.kt`, possibly others \|$/)
  assert.match(others, /<summary>Some uses<\/summary>/)
})

test('of files of Go for several systems each is told by the methods that it declares, and used by what is compiled with it', async () => {
  const methods = (body: string): string =>
    ['Init', 'Pause', 'Close'].map((name) => `func (r *Screen) ${name}() {${body}}\n`).join('\n')
  const pages = await pagesOf({
    'go.mod': 'module example.org/orbit\n',
    'screen.go':
      '// Package orbit draws.\npackage orbit\n\n// Screen draws.\ntype Screen struct{}\n\n// Ink is a colour.\ntype Ink int\n',
    'dummy.go': `//go:build !windows\n\npackage orbit\n\n${methods('')}\nfunc open() {}\n`,
    'full.go': `//go:build windows\n\npackage orbit\n\nfunc (i Ink) Shade() {}\n\n${methods(' open() ')}`,
    'pipe_windows.go': 'package orbit\n\nfunc open() { raw() }\n\nfunc raw() {}\n',
    'events.go': `package orbit\n\nconst (\n\tExitOk = 0\n\tExitBad = 1\n)\n\nconst (\n\tEventRead Ink = iota\n\tEventFind\n\tEventEnd\n)\n`,
    'start.go': 'package orbit\n\n// Start starts.\nfunc Start() { open() }\n',
  })
  const page = pages.get('top-level-files.md') ?? ''
  assert.equal(
    rowOf(page, 'full.go'),
    '| `full.go` | adds `Init`, `Pause`, `Close` to `Screen` · adds `Shade` to `Ink` |',
  )
  assert.match(rowOf(page, 'events.go'), /`ExitOk`, `ExitBad`.*`EventRead`, `EventFind`, `EventEnd`/)
  assert.match(rowOf(page, 'pipe_windows.go'), /used by `full\.go` \|$/)
})

test('the entry of a package that is most of it is told by what it defines as well', async () => {
  const body = '    """Plans."""\n    a = 1\n    b = 2\n    c = 3\n    return a + b + c\n'
  const page = await pageOf(
    {
      'pyproject.toml':
        '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "orbit"\nversion = "1.0"\n[tool.hatch.build.targets.wheel]\npackages = ["orbit"]\n',
      'orbit/__init__.py': `from ._stop import stop\n\n\ndef plan():\n${body}\n\ndef draw():\n${body}\n\n__all__ = ["stop", "plan", "draw"]\n`,
      'orbit/_more.py': 'def more():\n    return 1\n',
      'orbit/_stop.py': 'def stop():\n    """Stops."""\n    return 1\n',
    },
    'orbit.md',
  )
  assert.match(rowOf(page, '__init__.py'), /entry point of the package `orbit` · `plan`, `draw`/)
})

test('of a file that could be parsed only in part it is said below its entries', async () => {
  const body = (name: string): string => `# Does it.\n${name}() {\n  echo "$1"\n  echo "$2"\n}\n\n`
  const pages = await pagesOf({
    'shell/keys.sh': `${body('bind_keys')}${body('unbind_keys')}odd() { g $\{(Q)$\{(Z+n+)A1}} $(( }\n`,
    'shell/whole.sh': `${body('draw_all')}${body('draw_none')}`,
    'shell/more.sh': `. ./whole.sh\n${body('more_of_it')}`,
  })
  const page = pages.get('shell.md') ?? [...pages.keys()].join(' ')
  assert.match(page, /### `unbind_keys`[\s\S]*\n\nParts of `keys\.sh` could not be parsed, so that[^\n]*\n/)
  assert.equal(page.match(/could not be parsed/g)?.length, 1)
})

test('so is one that defines much, if less than half of it', async () => {
  const body = Array.from({ length: 50 }, (_, at) => `    step(${at})\n`).join('')
  const page = await pageOf(
    {
      'pyproject.toml':
        '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "orbit"\nversion = "1.0"\n[tool.hatch.build.targets.wheel]\npackages = ["orbit"]\n',
      'orbit/__init__.py': `from ._stop import stop\n\n\ndef plan():\n${body}\n__all__ = ["stop", "plan"]\n${'\n# end\n'.repeat(200)}`,
      'orbit/_more.py': 'def more():\n    return 1\n',
      'orbit/_stop.py': 'def stop():\n    """Stops."""\n    return 1\n',
    },
    'orbit.md',
  )
  assert.match(rowOf(page, '__init__.py'), /entry point of the package `orbit` · `plan`/)
})

test('a file of Rust that only declares another as a module is no user of it', async () => {
  const page = await pageOf(
    {
      'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
      'src/main.rs': 'mod link;\nmod plan;\n\nfn main() {\n    plan::plan();\n}\n',
      'src/plan.rs': 'use crate::link::open;\n\npub fn plan() { open() }\n',
      'src/link.rs': 'pub fn open() { shut() }\n\nfn shut() {}\n',
    },
    'src.md',
  )
  assert.match(rowOf(page, 'link.rs'), / · used by `plan\.rs` \|$/)
})

test('a file of several functions says what the documented ones do, what leads it first, and constants only if there is room', async () => {
  const page = await pageOf(
    {
      'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
      'orbit/__init__.py': '"""Plans orbits."""\nfrom orbit.text import last_word, split_all, find_all\n',
      'orbit/burn.py': 'def burn():\n    return 1\n',
      'orbit/plan.py': 'def plan():\n    return 1\n',
      'orbit/text.py': `${'ABCDEF'.replace(/./g, (name) => `LIMIT_${name} = 1\n`)}
def last_word(text):
    """Finds the last word."""
    return text

def split_all(text):
    return text

def find_all(text):
    """Finds all names in a statement."""
    return text
`,
    },
    'orbit.md',
  )
  assert.equal(
    rowOf(page, 'text.py'),
    '| `text.py` | `last_word`: Finds the last word. · `find_all`: Finds all names in a statement. · `split_all` and 6 more |',
  )
})

test('a comment that several files of a folder have tells none of them, nor a file that only passes on another one', async () => {
  const licence = '# Script for building your planner of orbits.'
  const page = await pageOf(
    {
      'pyproject.toml':
        '[project]\nname = "orbit"\n[tool.hatch.build.targets.wheel]\npackages = ["src/ob", "src/orbit"]\n',
      'src/ob/__init__.py': 'from orbit import plan\n__all__ = ["plan"]\n',
      'src/ob/burn.py': '"""Burns that bodies need."""\nfrom orbit.burn import burn\n__all__ = ["burn"]\n',
      'src/orbit/__init__.py': 'from orbit.plan import plan\n__all__ = ["plan"]\n',
      'src/orbit/plan.py': 'def plan():\n    """Plans one."""\n',
      'src/orbit/burn.py': '"""Burns that bodies need."""\ndef burn():\n    return 1\n',
      'ci/a.sh': `${licence}\necho a\n`,
      'ci/b.sh': `${licence}\necho b\n`,
    },
    '*',
  )
  assert.match(page, /\| `orbit\/burn\.py` \| Burns that bodies need\. \|/)
  assert.match(page, /\| `ob\/burn\.py` \| re-exports `burn` \|/)
  assert.doesNotMatch(page, /\| .*Script for building/)
})

test('a file of a Ruby module is told by the comment of that', async () => {
  const page = await pageOf(
    {
      'orbit.gemspec': "Gem::Specification.new do |s|\n  s.name = 'orbit'\n  s.files = Dir['lib/**/*.rb']\nend\n",
      'lib/orbit.rb': "require 'orbit/cache'\nrequire 'orbit/plan'\nmodule Orbit\n  def self.all\n  end\nend\n",
      'lib/orbit/plan.rb': 'module Orbit\n  # One plan.\n  class Plan\n    def run; end\n  end\nend\n',
      'lib/orbit/cache.rb':
        '# Keeps what was planned.\nmodule Orbit\n  def self.store\n  end\n  module Cache\n    def read\n    end\n    def write\n    end\n  end\nend\n',
    },
    '*',
  )
  assert.match(page, /cache\.rb` \| `Orbit::Cache`: Keeps what was planned\./)
})
