/** What is said of what something is: lists that count all, no few names of very many, bases from outside, names as users write them. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPackages } from '#generate/manifests/read-packages.ts'
import { surfacesOf } from '#generate/surface/surfaces.ts'
import { guidesOf } from '../guides/guides-of.ts'
import { analysedSample, overviewOf } from './real-sample.ts'
import { document } from './sample.ts'

const pagesOf = async (texts: Record<string, string>): Promise<string> => {
  const { inventory, analysis } = await analysedSample(texts)
  const surfaces = surfacesOf(readPackages(inventory), analysis, inventory.files, 'orbit')
  const { markdown, verification } = document({ inventory, analysis, surfaces })
  assert.deepEqual(verification.faults, [])
  return [...markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
}

test('a comment on the branch of an #else, or against calling a function, does not describe it', async () => {
  const text = await pagesOf({
    'README.md': '# orbit\n\n```c\nplan_seed(1);\nplan_new(2);\nplan_free(3);\n```\n',
    'include/plan.h':
      'void plan_seed(int a);\nvoid plan_new(int a);\n/* do not call plan_free directly */\nvoid plan_free(int a);\n',
    'src/plan.c':
      '#include "plan.h"\n#ifdef HAVE_X\nint x;\n#else\n/* Fall back to a slow version. */\nvoid plan_seed(int a) {}\n#endif\nvoid plan_free(int a) {}\n#ifdef HAVE_X\n#else\n/** Makes a new plan. */\nvoid plan_new(int a) {}\n#endif\n',
  })
  assert.match(text, /^- `plan_new` `void plan_new\(int a\)` \(`#ifndef HAVE_X`\): Makes a new plan\.$/m)
  assert.match(text, /^- `plan_free` `void plan_free\(int a\)`$/m)
  assert.doesNotMatch(text, /Fall back/)
})

test('of a type all bases of the repository are told, and of a package its first namespaces', async () => {
  const type = (space: string, head: string): string =>
    `<?php\nnamespace Orbit${space};\n\n${head}\n{\n    public function ${head.split(' ')[1]?.toLowerCase()}(): int { return 1; }\n}\n`
  const wide = {
    'composer.json': '{"name": "acme/orbit", "autoload": {"psr-4": {"Orbit\\\\": "src"}}}',
    'src/Field.php': type('', 'class Field'),
    ...Object.fromEntries(
      ['A', 'B', 'C', 'D', 'E'].map((one) => [`src/${one}/Part${one}.php`, type(`\\${one}`, `class Part${one}`)]),
    ),
  }
  const texts = {
    ...wide,
    'src/Counted.php': type('', 'interface Counted').replace(' { return 1; }', ';'),
    'src/Listed.php': type('', 'interface Listed').replace(' { return 1; }', ';'),
    'src/SetField.php': type('', 'class SetField extends Field implements Counted, \\Countable, Listed, \\Stringable'),
    'src/Plain.php': type('', 'class Plain implements \\Stringable'),
  }
  const pages = await pagesOf(texts)
  // What any type may be says nothing alone.
  assert.doesNotMatch(pages, /`Plain`: implements/)
  const described = {
    ...wide,
    'src/Field.php': wide['src/Field.php'].replace('class', '/** Keeps the stars of one night. */\nclass'),
    'src/A/PartA.php': type('\\A', 'class PartA').replace('class', '/** Moves a probe to another orbit. */\nclass'),
  }
  const overview = await overviewOf(described, 'php', 'new Orbit\\Field();\nnew Orbit\\A\\PartA();\n')
  assert.match(
    overview,
    /^Install: `composer require acme\/orbit`$[\s\S]*^`use Orbit\\Field;` · `use Orbit\\A\\PartA;`$/m,
  )
})

const many = Array.from({ length: 30 }, (_, at) => `def plan_${at}():\n    return ${at}\n`).join('\n')
const PYTHON = {
  'pyproject.toml': '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "orbit"\nversion = "1.0"\n',
  'orbit/__init__.py': '',
  'orbit/plan.py': many,
  'orbit/draw.py': many.replaceAll('plan_', 'draw_'),
}

test('an implementation does not have the words of its header, a file has the block that is marked as its own', async () => {
  const many = Array.from(
    { length: 200 },
    (_, n) => `/* Finds where the probe is at hour ${n} of its flight. */\nint orbit_f${n}(void);\n`,
  ).join('')
  const body = many.replaceAll(';', ' { return 1; }')
  const texts = {
    'src/orbit.h': `// Author: somebody\n//\n// We use orbit_ as a prefix for functions.\n\n/**\n * @file\n * Plans the orbits of a probe.\n */\n\n#ifndef ORBIT_H\n#define ORBIT_H\n${many}#endif\n`,
    'src/orbit.c': `#include "orbit.h"\n${body}`,
    'src/land.h': `/* Automatically generated file from land.txt */\n\n#define LAND 1\n${many.replaceAll('orbit_', 'land_')}`,
    'src/land.c': '#include "land.h"\nint land(void) { return 1; }\n',
  }
  const all = await pagesOf(texts)
  assert.match(all, /\| `orbit\.h` \| Plans the orbits of a probe\. \|/)
  assert.doesNotMatch(all, /\| `orbit\.c` \| (?:implements|Plans)|^# `orbit\.c`\n\n(?:implements|Plans)/m)
  assert.doesNotMatch(all, /^(?:\| `land\.h` \| )?(?:Automatically generated|We use)/m)
})

test('of very many names only those are told that documents call, and a library is told path by path', async () => {
  const code = 'from orbit.plan import plan_3, plan_5, plan_7\n\nplan_7()\nplan_5()\nplan_3()\n'
  const called = await overviewOf(PYTHON, 'python', code)
  assert.match(called, /^\| \*\*orbit\*\* \| `plan_7` \|$/m)
  const index = await overviewOf(PYTHON, 'python', code, 'public-api.md')
  const paths = index.split(/^## /m).slice(1)
  assert.deepEqual(paths.map((text) => /^[^\n]+/.exec(text)?.[0]).sort(), ['`orbit.draw`', '`orbit.plan`'])
  for (const text of paths) {
    const [, name = ''] = /^`orbit\.(\w+)`/.exec(text) ?? []
    const names = [...text.matchAll(/`(\w+)`/g)].map(([, found]) => found)
    // What documents call comes first.
    if (name === 'plan') assert.deepEqual(names.slice(0, 3), ['plan_7', 'plan_5', 'plan_3'])
    assert.deepEqual(names.sort(), Array.from({ length: 30 }, (_, at) => `${name}_${at}`).sort())
  }
})

test('one method is not what a class is', async () => {
  const text = await pagesOf({
    'src/Orbit/Orbit.csproj': '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup></PropertyGroup></Project>\n',
    'src/Orbit/IPlan.cs':
      'namespace Orbit;\n\n/// <summary>Plans all burns of a flight.</summary>\npublic interface IPlan<TIn, TOut>\n{\n    TOut Burn(TIn one);\n}\n\npublic interface IPlan<TIn>\n{\n    void Burn(TIn one);\n}\n',
    'src/Orbit/Other.cs': 'namespace Orbit;\n\npublic class Other\n{\n    public int Size;\n}\n',
    'src/Orbit/Sheet.cs':
      'namespace Orbit;\n\npublic class Sheet : ISheet\n{\n    public int Draw(int size) => size;\n}\n',
  })
  assert.match(text, /`IPlan\.cs`[^\n]*Plans all burns of a flight\. \|/)
  assert.doesNotMatch(text, /has `Draw/)
})

test('what a module of JavaScript exports has the name that it is defined by, else the one that it is given', async () => {
  const server = await overviewOf(
    {
      'package.json': '{"name":"orbit","version":"1.0.0","main":"lib/index.js"}',
      'lib/index.js':
        "'use strict'\n/** Serves the plans of all flights. */\nfunction HttpServer(options) {\n  this.a = options\n}\nHttpServer.prototype.listen = function (port) {\n  return port\n}\nexports.HTTPServer = exports.HttpServer = HttpServer\n",
    },
    'js',
    "const { HttpServer } = require('orbit')\n\nnew HttpServer()\n",
  )
  assert.match(
    server,
    /^\| \w+ `HttpServer` \| Serves the plans of all flights\. \(also exported as `HTTPServer`\) \|$/m,
  )
  const renamed = await overviewOf(
    {
      'package.json': '{"name":"orbit","version":"1.0.0","type":"module","exports":"./lib/index.js"}',
      'lib/index.js':
        "import levels from './levels.js'\nconst { stdout: stdoutLevel, stderr: stderrLevel } = levels\nexport default function draw(plan) { return plan }\nexport { stdoutLevel as level, stderrLevel as levelStderr }\n",
      'lib/levels.js': 'export default { stdout: 1, stderr: 2 }\n',
    },
    'js',
    "import draw from 'orbit'\n\ndraw(1)\n",
  )
  assert.doesNotMatch(renamed, /stdoutLevel/)
})

test('what is compiled for tests of documents alone is not public, and a library does not start with a tool', async () => {
  const crate = await overviewOf(
    {
      'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
      'src/lib.rs':
        '/// Plans all burns.\npub fn plan() {}\n\n#[doc = include_str!("../README.md")]\n#[cfg(doctest)]\npub struct ReadmeDoctests;\n',
    },
    'rust',
    'use orbit::plan;\n\nplan();\n',
  )
  assert.match(crate, /function `plan`/)
  assert.doesNotMatch(crate, /ReadmeDoctests/)
  const go = {
    'go.mod': 'module example.org/orbit\n',
    'orbit.go': '// Package orbit plans burns.\npackage orbit\n\n// PlanE plans one.\nfunc PlanE() int { return 1 }\n',
    'zz_made.go':
      '// Code generated by maker. DO NOT EDIT.\n\npackage orbit\n\n// Plan plans one and keeps silent.\nfunc Plan() int { return PlanE() }\n',
    'maker/go.mod': 'module example.org/orbit/maker\n',
    'maker/main.go': 'package main\n\nfunc main() { write() }\n\nfunc write() {}\n',
  }
  const library = await overviewOf(go, 'go', 'import "example.org/orbit"\n\norbit.Plan()\n')
  assert.match(library, /^\| function `Plan` \| Plan plans one and keeps silent\. \|$/m)
  assert.doesNotMatch(library, /Where it starts/)
})

test('a library that no manifest tells of begins with what documents call alone; values of a build are its own', async () => {
  const text = await pagesOf({
    'build.sbt': 'val orbitVersion = "1.0"\nlazy val root = project\n',
    'src/main/scala/Reader.scala':
      'package orbit\n\n/** Reads one plan after another. */\ntrait Reader {\n  def read(size: Int): Int\n}\n',
    'src/main/scala/Plan.scala':
      'package orbit\n\nclass Plan(reader: Reader) {\n  def burn(size: Int): Int = reader.read(size)\n}\n',
  })
  assert.doesNotMatch(text, /start with/)
  assert.doesNotMatch(text, /^### `orbitVersion`/m)
})

test('values of an enum in one line are told in the order of the source, which their numbers follow', async () => {
  const pages = await pagesOf({
    'src/Orbit.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>\n',
    'src/Form.cs':
      'namespace Orbit;\n\n/// <summary>How a plan is written to disk.</summary>\npublic enum Form { Json, Xml, Binary, None }\n\npublic class Reader\n{\n    public Form Of(Form form) => form;\n}\n',
  })
  assert.match(pages, /^Values: `Json`, `Xml`, `Binary`, `None`$/m)
})

test('a property of C# has the value behind its accessors, also on several lines', async () => {
  const pages = await pagesOf({
    'src/Orbit.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>\n',
    'src/Options.cs':
      'namespace Orbit;\n\npublic class Options\n{\n    /// <summary>How many plans there are at once.</summary>\n    public int Most { get; set; } = 50;\n\n    /// <summary>Answers of a server that lead elsewhere.</summary>\n    public int[] Codes { get; set; } = [\n        301, // moved\n        302,\n    ];\n\n    public int Half\n    {\n        get => Most / 2;\n    }\n}\n',
  })
  assert.match(pages, /public int Most \{ get; set; \} = 50/)
  assert.match(pages, /^public int\[\] Codes \{ get; set; \} = \[\n {4}301, \/\/ moved\n {4}302,\n\];$/m)
  assert.doesNotMatch(pages, /^public int Half\n\{/m)
})

test('types that only the declarations of an entry export are part of what a package shows', async () => {
  const pages = await pagesOf({
    'package.json': '{"name":"orbit","version":"1.0.0","main":"lib/index.js","types":"lib/index.d.ts"}',
    'lib/index.js': 'export function plan(options) { return options }\n',
    'lib/index.d.ts':
      '/** How to plan. */\nexport interface PlanOptions { most: number }\nexport function plan(options: PlanOptions): PlanOptions;\n',
  })
  assert.match(
    pages,
    /^# Public API\n\n## Types\n\n- `PlanOptions`: How to plan\.\n\n## Functions\n\n- `plan` `\(options: PlanOptions\): PlanOptions`$/m,
  )
})

test('a head whose types do not fit has the names of its parameters, and one whose names do not fit is not shown', async () => {
  const long = Array.from({ length: 12 }, (_, n) => `parameter_${n}: int`).join(', ')
  const typed = Array.from({ length: 6 }, (_, n) => `to_${n}: PlanetOfTheSolarSystem`).join(', ')
  const pages = await pagesOf({
    'pyproject.toml': '[project]\nname = "orbit"\nversion = "1.0"\n[build-system]\nrequires = ["hatchling"]\n',
    'orbit/__init__.py': `__all__ = ["land", "fly"]\n\n\ndef land(${long}) -> None:\n    pass\n\n\ndef fly(${typed}) -> int:\n    return 1\n`,
  })
  assert.match(pages, /^`fly`, `land`$/m)
})

test('of a Python program the names that documents mention are public', async () => {
  const texts = {
    'setup.py':
      'from setuptools import setup\n\nsetup(name="orbit", version="1.0", packages=["orbit"], entry_points={"console_scripts": ["orbit = orbit.core:main"]})\n',
    'orbit/__init__.py': '',
    'orbit/core.py':
      'LIMIT = 3\n\n\ndef helper(text):\n    """Turns a text."""\n    return text\n\n\nclass Planner:\n    def __init__(self, body):\n        """Plans flights around one body."""\n        self.body = body\n\n    def fly(self):\n        return 1\n\n\nclass Leg:\n    def __init__(self, size):\n        """Constructs a flat table node."""\n        self.size = size\n\n    def draw(self):\n        return 1\n\n\nclass Pilot:\n    def __init__(self, all):\n        """Takes a list of legs and a table of bodies."""\n        self.all = all\n\n    def steer(self):\n        return 1\n\n\ndef main():\n    print(helper("a"))\n',
  }
  const code = 'from orbit.core import Leg, Pilot, Planner\n\nPlanner(1).fly()\nLeg(2).draw()\nPilot([]).steer()\n'
  const overview = await overviewOf(texts, 'python', code)
  assert.match(overview, /^from orbit\.core import (?=.*\bPlanner)/m)
  assert.doesNotMatch(overview.split('## At a glance')[0] ?? '', /`helper`|`LIMIT`/)
})

test('a module does not repeat the introduction', async () => {
  const methods = Array.from('abcdefghijklmnopqrstuvwx', (name) => `  fly${name}() {\n    return 1\n  }\n`).join('')
  const overview = await overviewOf(
    {
      'package.json':
        '{ "name": "orbit", "version": "1.0.0", "description": "Plans the orbits of small probes", "main": "src/index.js" }',
      'src/index.js': `/**\n * Plans the orbits of small probes.\n */\n\n'use strict'\n\nclass Planner {\n${methods}}\n\nmodule.exports = { Planner }\n`,
    },
    'js',
    "const { Planner } = require('orbit')\n\nnew Planner().flyb()\nnew Planner().flyd()\nnew Planner().flya()\n",
  )
  assert.match(overview, /^\| \*\*\w+\*\* \| `Planner` \|$/m)
})

test('a function of a Ruby module is called on the module, and a sentence on an API is no heading', async () => {
  const overview = await overviewOf(
    {
      'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\n  s.files = ["lib/orbit.rb"]\nend\n',
      'lib/orbit.rb':
        'module Orbit\n  # Create the chainable API\n  #\n  # @api public\n  def new(size: 1)\n    Plan.new(size)\n  end\n  module_function :new\n\n  # A plan of flights.\n  class Plan\n    def fly\n      1\n    end\n  end\nend\n',
    },
    'ruby',
    'require "orbit"\n\nOrbit.new(size: 2).fly\n',
  )
  assert.match(overview, /\| method `Orbit\.new` \| Create the chainable API\. \|/)
})

test('macros of C have no row beside functions, and an example of the repository includes what users do', async () => {
  const overview = await overviewOf(
    {
      'include/orbit.h':
        '/* Project version. */\n#define ORBIT_MAJOR 1\n#define ORBIT_MINOR 2\n\n/* Plans a flight. */\nint orbit_plan(int to);\n\n/* Lands a probe. */\nint orbit_land(int at);\n\n/* Burns once. */\nint orbit_burn(int at);\n',
      'src/orbit.c':
        '#include "orbit.h"\nint orbit_plan(int to) { return to; }\nint orbit_land(int at) { return at; }\nint orbit_burn(int at) { return at; }\n',
    },
    'c',
    '#include "../orbit.h"\n\nint main(void) { return orbit_plan(1) + orbit_land(2); }\n',
  )
  assert.match(overview, /\| function `orbit_plan` \| Plans a flight\. \|/)
  assert.match(overview, /^`#include "orbit\.h"`$/m)
  assert.doesNotMatch(overview, /\| macro /)
})

test('a paragraph of a README on something else does not describe what it names later', async () => {
  const { inventory, analysis } = await analysedSample({
    'package.json': '{ "name": "orbit", "version": "1.0.0", "main": "src/index.ts" }',
    'src/index.ts':
      'export interface Body { mass: number }\nexport class Plan { fly(): void {} land(): void {} }\nexport function command(body: Body): Plan { return new Plan() }\n',
    'README.md':
      '# orbit\n\nOrbit plans the flights of small probes.\n\n### `Body`\n\nThe `command` function takes values of the type `Body`.\n\n### `Plan`\n\nA `Plan` is what the `command` function gives.\n\n### `command`\n\nThe `command` option is a shorthand that burns all fuel.\n',
  })
  const surfaces = surfacesOf(readPackages(inventory), analysis, inventory.files, 'orbit')
  const overview = document({ inventory, analysis, surfaces }).markdown.get('overview.md') ?? ''
  assert.match(overview, /is what the/)
  assert.doesNotMatch(overview, /takes values of the type|option is a shorthand/)
})

test('a README in AsciiDoc says what a repository is, and so does the catalogue of a Swift package without such a README', async () => {
  const topOf = async (texts: Record<string, string>): Promise<string> => {
    const { inventory, analysis } = await analysedSample(texts)
    const { markdown } = document({ inventory, analysis, guides: await guidesOf(texts) })
    return markdown.get('overview.md') ?? ''
  }
  const code = { 'src/plan.py': 'def plan(): return 1\n' }
  const adoc = '= Orbit\n:version: 1.2\n\n[source,python]\n----\nplan()\n----\n\nPlans the flights of *small* probes.\n'
  assert.match(await topOf({ ...code, 'Readme.adoc': adoc }), /^# \S+\n\nPlans the flights of \*\*small\*\* probes\.$/m)
  const catalogue = (title: string): Record<string, string> => ({
    ...code,
    'README.md': '# Orbit\n\n## Usage\n\nBegin with a plan.\n',
    [`Sources/${title}/Documentation.docc/${title}.md`]: `# \`\`${title}\`\`\n\nPlans flights in a type-safe way.\n`,
  })
  assert.match(await topOf(catalogue('Orbit')), /^Plans flights in a type-safe way\.$/m)
  assert.doesNotMatch(await topOf(catalogue('Burning')), /type-safe/)
})
