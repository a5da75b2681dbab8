import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPurpose } from '#generate/pages/module/purpose-sentence.ts'
import { pagesOf } from './real-sample.ts'

/** A page without the addresses of its links; `*` is all pages. */
async function pageOf(texts: Record<string, string>, page: string): Promise<string> {
  const pages = await pagesOf(texts)
  if (page === '*') return [...pages.values()].join('\n')
  return pages.get(page) ?? [...pages.keys()].join(' ')
}

const rowOf = (page: string, file: string): string =>
  page.split('\n').find((line) => line.startsWith(`| \`${file}\` |`)) ?? ''

test('a constant that counts up has an entry if words describe it; its value is as written', async () => {
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
  assert.match(page, /^### `Small`\n\n```go\nconst Small Kind = iota \+ 1\n```\n[\s\S]*?^Small fits in\.$/m)
  assert.match(page, /^### Also defined here\n\n- `Other` = `3`\n\n`Middle`, `Large`$/m)
})

test('what C++ keeps in a namespace of details leads no list, and a project of CMake says what it is', async () => {
  const texts = {
    'CMakeLists.txt':
      '# project(orbit DESCRIPTION "Old words here")\nproject(orbit VERSION 1.2\n  DESCRIPTION "A planner of flights for C++17"\n  LANGUAGES CXX)\n',
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
  assert.doesNotMatch(overview, /details::|`details/)
})

test('what says that it is for others than users tells so, and stands for no module', async () => {
  const texts = {
    'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
    'README.md': '# orbit\n\n```python\nfrom orbit import Finder, plan\n```\n',
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

/** Enough files for a table of them. */
const SOME_OF_RUST = {
  'src/lib.rs': 'pub mod burn;\npub mod plan;\npub mod bits;\npub mod node;\npub mod a;\npub mod b;\n',
  'src/a.rs': '/// Plans a of all burns.\npub struct Ax(pub bool);\n',
  'src/b.rs': '/// Plans b of all burns.\npub struct Bx(pub bool);\n',
}

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
      'lib/orbit/rock.rb': `# = Rock\n#\n# POSIX defines three clocks that tell the time.\n#\n# These are necessary to avoid circular imports between rocks.\n#\n# = Example\n#\n# Hello world, this is a page.\n\nmodule Orbit\n  class Rock\n    def roll(far)\n    end\n  end\nend\n`,
    },
    'lib.md',
  )
  assert.match(rowOf(page, 'orbit/disc.rb'), /Disc turns plans into pages\./)
  assert.doesNotMatch(page, /\| (?:Markdown|Hello|POSIX|These)/)
})

test('a docstring of Python says what a definition in a branch is, unless that handles an error', async () => {
  const page = await pageOf(
    {
      'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
      'README.md': '# orbit\n\nSee `Lock` and `stop`.\n',
      'orbit/__init__.py': '"""Plans orbits."""\nfrom orbit.lock import Lock, stop\n__all__ = ["Lock", "stop"]\n',
      'orbit/lock.py':
        'import sys\n\nif sys.platform == "win32":\n    class Lock:\n        """Stands in on Windows, where nothing is locked."""\nelse:\n    class Lock:\n        """Locks the file of an orbit for one process."""\n        def take(self): ...\n\ntry:\n    import fast\nexcept ImportError:\n    def stop(fd):\n        """Stops slowly, because nothing faster is there."""\n',
    },
    '*',
  )
  assert.match(page, /\| class `Lock` \| Locks the file of an orbit for one process/)
  assert.doesNotMatch(page, /\| function `stop` [^\n]*Stops slowly/)
})

test('of a file that could be parsed only in part it is said below its entries', async () => {
  const body = (name: string): string => `# Does it.\n${name}() {\n  echo "$1"\n  echo "$2"\n}\n\n`
  const pages = await pagesOf({
    'shell/keys.sh': `${body('bind_keys')}${body('unbind_keys')}odd() { g $\{(Q)$\{(Z+n+)A1}} $(( }\n`,
    'shell/whole.sh': `${body('draw_all')}${body('draw_none')}`,
    'shell/more.sh': `. ./whole.sh\n${body('more_of_it')}`,
  })
  const page = pages.get('shell.md') ?? [...pages.keys()].join(' ')
  assert.match(page, /### `unbind_keys`[\s\S]*\n\nParts of `keys\.sh` could not be parsed, so[^\n]*\n/)
  assert.equal(page.match(/could not be parsed/g)?.length, 1)
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
      'src/orbit/burn.py':
        '"""Burns that bodies need."""\ndef burn():\n    fuel = 1\n    return fuel\n\n\ndef halt():\n    return 0\n',
      'ci/a.sh': `${licence}\necho a\n`,
      'ci/b.sh': `${licence}\necho b\n`,
    },
    '*',
  )
  assert.match(page, /\| `orbit\/burn\.py` \| Burns that bodies need\. \|/)
  assert.equal(rowOf(page, 'ob/burn.py'), '')
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

test('a file is told by its own comment, else by a document, else by what it is about, or the few of equal weight; the others by their headings', async () => {
  const pasted = '"""Plans one way around a body."""'
  const page = await pageOf(
    {
      'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
      'README.md':
        '# orbit\n\n## Layout\n\n| file | about |\n| - | - |\n| `orbit/drift.py` | What moves without an engine |\n',
      'orbit/__init__.py':
        'from orbit.plan import Plan\nfrom orbit.wait import wait\nfrom orbit.flight_log import get_flight_log\n__all__ = ["Plan", "wait", "get_flight_log"]\n',
      'orbit/burn.py': '"""Fuel that each step of a flight needs."""\n\ndef burn():\n    """Burns it all."""\n',
      'orbit/plan.py':
        'class Plan:\n    """Steps of a flight in their order."""\n\ndef help_plan():\n    """Helps a lot with it."""\n',
      'orbit/wait.py': 'def wait():\n    """Stops until the next window opens."""\n',
      'orbit/drift.py':
        'def one():\n    """Moves a body by one step."""\n\ndef two():\n    """Moves a body by two steps."""\n',
      'orbit/many.py':
        'def first():\n    """Finds the first of all."""\n\ndef last():\n    """Finds the last of all."""\n',
      'orbit/half.py': 'def near():\n    """Finds the next body."""\n\ndef far():\n    return 1\n',
      'orbit/core.py':
        'class Ship:\n    """Holds engines and fuel."""\n\n    def go(self):\n        a = 1\n        return a\n\ndef help_ship():\n    return 1\n',
      'orbit/leg.py': `class Leg:\n    ${pasted}\n`,
      'orbit/turn.py': `class Turn:\n    ${pasted}\n`,
      'orbit/route.py': 'class Route:\n    """Class representing a route."""\n',
      'orbit/_low.py': 'def _low():\n    """Looks below all the bodies."""\n',
      'orbit/aix.py':
        '"""On AIX, nothing of this works at all."""\n\ndef aix_a():\n    return 1\n\ndef aix_b():\n    return 1\n',
      'orbit/notes.py':
        '"""2013-01-06 Ada Orbit\n\nAdded casts of all times to avoid warnings.\n"""\n\ndef note_a():\n    return 1\n\ndef note_b():\n    return 1\n',
      // An option of a script is not what the file is.
      'orbit/flip.py':
        'def flip():\n    """Turns a probe around at once."""\n\ndef land():\n    """Brings it down."""\n\ndef wait_for():\n    """Waits for it."""\n',
      'orbit/flight_log.py': `def get_flight_log():\n    """Finds what happened until now."""\n\ndef _write():\n${'    work()\n'.repeat(9)}`,
      ...Object.fromEntries(
        ['east', 'north', 'west'].map((name) => [
          `orbit/${name}/new_${name}.py`,
          'def new():\n    """Makes another middleware handler."""\n',
        ]),
      ),
      'orbit/clean.sh':
        '#!/bin/bash\n# Usage: clean [-f]\n#\n#   -f  Attempt to remove things without any prompt.\n\nrun() {\n  true\n}\nrun\n',
    },
    'orbit.md',
  )
  for (const [file, words] of [
    ['burn.py', 'Fuel that each step of a flight needs.'],
    ['plan.py', '`Plan`: Steps of a flight in their order.'],
    ['wait.py', '`wait`: Stops until the next window opens.'],
    ['drift.py', 'What moves without an engine.'],
    ['many.py', '`first`: Finds the first of all. `last`: Finds the last of all.'],
    ['core.py', '`Ship`: Holds engines and fuel.'],
    ['flip.py', '`flip`: Turns a probe around at once.'],
  ] as const)
    assert.equal(rowOf(page, file), `| \`${file}\` | ${words} |`)
  assert.match(page, /\|\n\nAlso here: `aix\.py`, `clean\.sh`, `east\/new_east\.py`, `half\.py`, `leg\.py`, /)
})

test('the page of a file begins with what its comment says first, and the rest is collapsed', async () => {
  const body = Array.from(
    { length: 200 },
    (_, at) =>
      `/// Burns fuel of sort ${at}, which no other sort replaces.\npub fn burn_${at}(of: u64) -> u64 {\n    of\n}\n`,
  ).join('\n')
  const pages = await pagesOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs': 'pub mod burn;\npub mod plan;\npub mod wait;\n',
    'src/burn.rs': `//! **Burn of fuel**\n//!\n//! Fuel of all sorts, in grams.\n//!\n//! # Sorts\n//!\n//! There are many of them.\n\n${body}`,
    'src/plan.rs': `//! Requires a compiler of this year.\n\n${body
      .replaceAll('burn_', 'plan_')
      .replaceAll(/\/\/\/ Burns.*/g, '')
      .replace('\n', '/// Finds the way around bodies.\n')}`,
    'src/wait.rs': body.slice(0, body.length / 2).replaceAll('burn', 'wait'),
  })
  const page = pages.get('src--burn.rs.md') ?? assert.fail([...pages.keys()].join(' '))
  assert.match(
    page,
    /^# `burn\.rs`\n\nFuel of all sorts, in grams\.\n\n<details>\n<summary>More of burn\.rs<\/summary>\n\n\*\*Sorts\*\*/,
  )
  assert.doesNotMatch(pages.get('src--plan.rs.md') ?? assert.fail(), /Requires a compiler/)
  assert.match(
    pages.get('src.md') ?? '',
    /^\| `burn\.rs` \| Fuel of all sorts, in grams\. \|\n\| `plan\.rs` \| `plan_0`, `plan_1`, `plan_10`, `plan_11` and more \|\n\n- `wait\.rs`: /m,
  )
})

test('a comment that is the heading of another class is not told of a class', async () => {
  const page = await pageOf(
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
  assert.equal(rowOf(page, 'day.js'), '')
  assert.equal(rowOf(page, 'hour.js'), '| `hour.js` | `Hour`: Shows the hour of a day. |')
})

test('a caveat, a comparison, an origin and the words of the name are no purpose', () => {
  const isOne = (text: string, name: string): boolean => isPurpose([text], name)
  for (const [text, name] of [
    ['Requires node 18 (for global fetch).', 'content-types'],
    ['We lean on the fact that all flags have the same values.', 'linux'],
    ['Caveat emptor: this file deviates from the convention of negated codes.', 'fs'],
    ['On AIX, inttypes.h gets indirectly included by build_log.h.', 'build_log'],
    ['It is important to note that it is not safe for threads.', 'Histogram'],
    ["Heavily based on Ann Orbit's extension of strings.", 'ruby'],
    ['Documentation reference: https://orbit.example/gpu.html.', 'GPU'],
    ['The equivalent of configuring a call, but without invoking it.', 'Request'],
    ['HyBi Sender implementation.', 'Sender'],
    ['Class representing a WebSocket.', 'WebSocket'],
    ['Provides synchronous extension methods for tasks.', 'TaskExtensions'],
    ['Returns a new instance.', 'Conf'],
    ['v3.0.0 https://orbit.example/semver.', 'semver'],
    ['orbit supports the four most recent major versions of Go.', 'plan'],
    ['The piping behavior is like Bash.', 'stream'],
    ['Default when verbose is not a function.', 'log'],
    ['Beside the snippets in this folder all of them need a database.', 'examples'],
    ['Package main provides the entry point for the Orbit CLI application.', 'main orbit'],
    ['Package ui provides the main UI for the orbit application.', 'ui orbit'],
    ['Package remote integrates the remote features of Orbit.', 'remote orbit'],
    ['An object that can receive input events.', 'InputReceiver'],
    ['Type definitions for type checking purposes.', 'orbit/_types'],
    ['Formats plan objects.', 'PlanFormatter'],
    ['Thread-safe (provides internal synchronization).', 'table_cache'],
    ['Like Guava, but worse and standalone.', 'Util'],
    ['Batch := sequence: fixed64 count: fixed32.', 'orbit'],
    ['Plans a flight around each body, so that…', 'Route'],
    ['For running locally, this project uses a mocked gateway.', 'lambda'],
    ['This example must be deployed to the moon to work.', 'lambda'],
    ['This document gives an overview of the tools that draw the site.', 'tools'],
    ['Plan holds all plans.', 'Plan'],
  ] as const)
    assert.equal(isOne(text, name), false, text)
  for (const [text, name] of [
    ['Base class for all authentication schemes.', 'Auth'],
    ['A very simple job queue with adjustable concurrency.', 'Limiter'],
    ['Steps of a flight.', 'plan'],
    ['计划飞行。', 'plan'],
  ] as const)
    assert.equal(isOne(text, name), true, text)
})

test('the introduction of the repository, that of its program and a heading of a list describe no file or module', async () => {
  const texts = {
    'README.md': '# orbit\n\nPlanning of flights for humans.\n',
    'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
    'orbit/__init__.py': '"""Planning of flights for humans."""\nfrom orbit.plan import plan\n',
    'orbit/plan.py': '"""Valid forms of a plan for orbit:\n\n- short\n- long\n"""\ndef plan(a):\n    return a\n',
    'orbit/burn.py': '"""Adds the burns of all engines."""\ndef burn(a):\n    return a\n',
  }
  const pages = await pagesOf(texts)
  const module =
    pages.get('top-level-files.md') ??
    [...pages].filter(([name]) => !/^(?:overview|guide|source|llms)/.test(name)).join('\n')
  assert.match(module, /Adds the burns of all engines/)
  assert.doesNotMatch(module, /for humans|Valid forms of a plan for orbit\./)
})

test('what is said of a package in Python is not said of its first file', async () => {
  const page = await pageOf(
    {
      'orbit/__init__.py':
        '"""Orbit module\n\nThis module contains the main logic to search for bodies.\n"""\n\ndef version(): return 1\n',
      'orbit/burn.py': '"""Burns fuel on the way to a body."""\n\ndef burn(): return 1\n',
      'orbit/plan.py': '"""Finds the shortest way between bodies."""\n\ndef plan(): return 1\n',
    },
    'orbit.md',
  )
  assert.match(rowOf(page, 'plan.py'), /shortest way/)
  assert.equal(rowOf(page, '__init__.py'), '')
})

test('the comment of a crate is open at the top of its page up to its first section, also if it introduces the repository', async () => {
  const doc =
    '//! `orbit` is a library to plan flights.\n//!\n//! Start with `plan`:\n//!\n//! ```\n//! orbit::plan(1);\n//! ```\n'
  const crate = {
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\ndescription = "Finds the way around bodies."\n',
    'src/plan.rs': 'pub fn plan(of: u64) -> u64 { of }\n',
  }
  const code = 'pub mod plan;\n\n/// Waits for the window.\npub fn wait(of: u64) -> u64 { of }\n'
  const pageWith = async (comment: string): Promise<string> =>
    (await pagesOf({ ...crate, 'src/lib.rs': `${comment}\n${code}` })).get('src.md') ?? assert.fail()
  const opening =
    /^# \S+\n\n(?:`[^`\n]+`(?:, )?)* ?·? ?`orbit` is a library to plan flights\.\n\nStart with `plan`:\n\n```\w*\norbit::plan\(1\);/
  const page = await pageWith(doc)
  assert.match(page, opening)
  assert.equal(page.split('orbit::plan(1)').length, 2)
  const long = await pageWith(`${doc}//!\n//! # Windows\n//!\n//! There are two.\n`)
  assert.match(long, opening)
  assert.match(long, /<summary>More of lib\.rs<\/summary>\n\n\*\*Windows\*\*\n\nThere are two\./)
})

test('the row of a file begins with a definition of many only if most files use it, and with errors where they are the subject', async () => {
  const files = {
    'go.mod': 'module example.org/orbit\n',
    'probe.go': `package orbit\n\n${[1, 2, 3, 4, 5, 6].map((at) => `// Fly${at} moves things along the ground, thing ${at} first.\nfunc Fly${at}() {}\n`).join('\n')}`,
    'steps.go': `package orbit\n\n${[1, 2, 3, 4, 5, 6].map((at) => `// Step${at} turns all wheels, those of side ${at} first.\nfunc Step${at === 1 ? 1 : `Aside${at}`}() {}\n`).join('\n')}`,
    'errors.go':
      'package orbit\n\n// Source is where a text came from.\ntype Source struct{ A int }\n\n// FlightError means that fuel ran out.\ntype FlightError struct{ B int }\n\nfunc (e FlightError) Error() string { return "" }\n',
    ...Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name) => [
        `${name}/${name}.go`,
        `package ${name}\n\nimport "example.org/orbit"\n\nfunc Run() {\n\torbit.Step1()\n\torbit.Fly1()\n\torbit.Fly2()\n\torbit.Fly3()\n\t_ = orbit.Source{}\n\t_ = orbit.FlightError{}\n}\n`,
      ]),
    ),
  }
  const page = await pageOf(files, 'top-level-files.md')
  assert.match(rowOf(page, 'probe.go'), /\| `Fly1`, `Fly2`, `Fly3`, `Fly4` and more \|$/)
  assert.match(rowOf(page, 'steps.go'), /\| `Step1` turns all wheels, those of side 1 first\. Also: `StepAside2`, /)
  assert.match(rowOf(page, 'errors.go'), /\| `FlightError` means that fuel ran out\. Also: `Source` \|$/)
})

test('the section of a file begins below its label', async () => {
  const page = await pageOf(
    {
      'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
      'src/lib.rs': 'pub mod burn;\npub mod wait;\n/// A flight to the moon.\npub struct Flight;\n',
      'src/wait.rs':
        '//! Deprecated module\n//!\n//! A probe waits here for its next burn.\n\n/// One wait of a probe.\npub struct Wait;\n',
      'src/burn.rs':
        '//! Burn handling\n//!\n//! By default, a flight will automatically burn all fuel.\n//! It then lands.\n\n/// One burn of an engine.\npub struct Burn;\n',
    },
    '*',
  )
  assert.doesNotMatch(page, /^Burn handling$/m)
  assert.match(page, /^Deprecated module$/m)
  assert.match(page, /^By default, a flight will automatically burn all fuel\./m)
})

test('the row of a file has the links of its comment, or the one of two names that begins with its name', async () => {
  const page = await pageOf(
    {
      'package.json': '{"name":"orbit","main":"index.js"}',
      'index.ts': "export * from './src/validate'\nexport * from './src/land'\nexport * from './src/moon'\n",
      'src/moon.ts': `/**\n * Plans a flight to the next [\`Moon\`][moon] of a planet.\n *\n${' * It burns.\n *\n'.repeat(5)} * [moon]: ./moon.html\n * @module\n */\n\n/** A moon of a planet. */\nexport function moon(): number {\n  return 1\n}\n`,
      'src/validate.ts': `/** Checks a plan against the rules of the moon. */\nexport function validatePlan(): number {\n  return walk()\n}\n\n/** Throws what is wrong with a plan. */\nexport function assertValidPlan(): number {\n  return validatePlan()\n}\n\nfunction walk(): number {\n${'  Math.random()\n'.repeat(120)}  return 1\n}\n`,
      'src/land.ts': '/** Brings a probe down to the ground. */\nexport function land(): number {\n  return 1\n}\n',
    },
    '*',
  )
  assert.match(rowOf(page, 'moon.ts'), /Plans a flight to the next `Moon` of a planet\./)
  assert.match(rowOf(page, 'validate.ts'), /`validatePlan`[^|]*: Checks a plan against the rules of the moon\. Also: /)
})

test('a file that reopens a class of Ruby is not told by what that class is', async () => {
  const work = '    work\n'.repeat(12)
  const others = ['area', 'burn', 'chart', 'dock', 'earth', 'fuel'].map((name) => [
    `lib/orbit/${name}.rb`,
    `class Orbit\n  # Tells the ${name} of probes.\n  class ${name[0]?.toUpperCase()}${name.slice(1)}\n    def ${name}(many)\n${work}    end\n  end\nend\n`,
  ])
  const page = await pageOf(
    {
      'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\nend\n',
      'lib/orbit.rb': `require 'orbit/code'\n\n# Finds the way to other planets by night.\nclass Orbit\n  def plan(text)\n${work.repeat(60)}    Code.new(text)\n  end\nend\n`,
      'lib/orbit/code.rb': `class Orbit\n  # Converts a text.\n  def self.Code(text)\n    Code.new(text)\n  end\n\n  # Keeps the lines of a flight plan.\n  class Code\n    def lines(many)\n${work}    end\n  end\nend\n`,
      ...Object.fromEntries(others),
    },
    '*',
  )
  const row = page.split('\n').find((line) => /^\| `(?:orbit\/)?code\.rb` \|/.test(line)) ?? page
  assert.match(row, /`Orbit::Code`: Keeps the lines of a flight plan/)
})
