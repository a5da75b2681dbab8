import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from './real-sample.ts'

/** All pages, without the addresses of links. */
async function allOf(texts: Record<string, string>): Promise<string> {
  return [...(await pagesOf(texts)).values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
}

test('names that each file of a folder defines describe none of them', async () => {
  const rule = (more: string): string => `def match(x):\n    return x\n\ndef new(x):\n    return x\n${more}`
  const all = await allOf({
    'orbit/__init__.py': '"""Plans."""\n',
    ...Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`orbit/${name}.py`, rule('')])),
    'orbit/f.py': rule('\ndef burn(x):\n    return x\n\ndef land(x):\n    return x\n\ndef wait(x):\n    return x\n'),
  })
  assert.doesNotMatch(all, /\| `a\.py` \|/)
  assert.match(all, /\| `f\.py` \| [^|]*`burn\(x\)`, `land\(x\)`/)
})

test('a module of many names is described by its longest functions, not by two small classes', async () => {
  const functions = (name: string): string =>
    Array.from({ length: 5 }, (_, at) => `def ${name}${at}(x):\n${'    x += 1\n'.repeat(9)}    return x\n`).join('\n')
  const texts = {
    'orbit/types.py':
      'class Leg:\n    """A part of a way."""\n    size = 1\n\nclass Stop:\n    """An end of a leg."""\n    size = 1\n',
    ...Object.fromEntries(['fly', 'land', 'turn', 'wait'].map((name) => [`orbit/${name}.py`, functions(name)])),
  }
  const overview = (await pagesOf(texts)).get('overview.md') ?? ''
  assert.match(overview, /\| \*\*orbit\*\* \| `fly0\(x\)`.* and \d+ more/)
  assert.doesNotMatch(overview, /A part of a way/)
})

test('a base alone describes a short class, not a long one', async () => {
  const all = await allOf({
    'setup.py': 'from setuptools import setup\nsetup(name="orbit")\n',
    'orbit/__init__.py': '"""Plans."""\nfrom orbit.base import Filter\n',
    'orbit/base.py': 'class Filter:\n    """Changes a plan."""\n    def call(self, plan):\n        return plan\n',
    'orbit/inserter.py': `from orbit.base import Filter\n\nclass Burns(Filter):\n    def _on_leg(self, leg):\n${'        leg += 1\n'.repeat(12)}        return leg\n`,
    'orbit/failures.py': 'from orbit.base import Filter\n\nclass Late(Filter):\n    pass\n',
  })
  assert.match(all, /`Late`: extends `Filter`/)
  assert.doesNotMatch(all, /`Burns`: extends `Filter` \|/)
})

test('a constant that a file adds to a module of Ruby is told by its words', async () => {
  const all = await allOf({
    'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\nend\n',
    'lib/orbit.rb': '# Plans orbits for all.\nmodule Orbit\n  # Plans one.\n  def self.plan\n  end\nend\n',
    'lib/orbit/template.rb':
      'module Orbit\n  # Tilt template implementation for plans\n  Template = Tilt.make(1)\nend\n',
    'lib/orbit/include.rb':
      'module Orbit\n  # Handles inlined includes\n  #\n  # Plans are compiled, other files are included as text\n  class Include\n    def call\n    end\n  end\nend\n',
    'lib/orbit/inserter.rb':
      "module Orbit\n  # In plans you don't need to write the burns sometimes. This\n  # filter adds the missing burns.\n  class Inserter\n    def call\n    end\n  end\nend\n",
  })
  assert.match(all, /\| `template\.rb` \| [^|]*Tilt template implementation for plans/)
  assert.match(all, /\| `include\.rb` \| [^|]*Handles inlined includes/)
  assert.match(all, /\| `inserter\.rb` \| [^|]*sometimes\. This filter adds the missing burns\./)
})

test('examples are described by the names that most of them use, a test folder by its largest folders', async () => {
  const leg = (name: string): string => `export function ${name}(x) {\n${'  x += 1\n'.repeat(9)}  return x\n}\n`
  const texts = {
    'package.json': '{ "name": "orbit", "version": "1.0.0", "exports": "./src/index.js" }',
    'src/index.js': `${leg('fly')}\n${leg('land')}`,
    'examples/a.js': 'import { fly } from "../src/index.js"\nfly(1)\n',
    'examples/b.js': 'other(1)\n',
    'examples/c.js': 'other(2)\n',
  }
  assert.doesNotMatch(await allOf(texts), /example files that use/)
  const used = { 'examples/b.js': texts['examples/a.js'] }
  assert.match(await allOf({ ...texts, ...used }), /3 example files that use `fly`/)
})

test('a few of many members do not describe a class; private ones are none of them', async () => {
  const methods = (names: string): string => [...names].map((name) => `  fly${name}() {}\n`).join('')
  const all = await allOf({
    'package.json': '{ "name": "orbit", "version": "1.0.0", "exports": "./src/index.js" }',
    'src/index.js':
      'export { Plan } from "./plan.js"\nexport { Leg } from "./leg.js"\nexport { Way } from "./way.js"\n',
    'src/plan.js': `export class Plan {\n${methods('abcdefghij')}}\n`,
    'src/leg.js': `export class Leg {\n${methods('abcdefghijklmnopqrstuvw')}}\n`,
    'src/way.js': `export class Way {\n${methods('ab')}  /**\n   * Handles errors.\n   *\n   * @api private\n   */\n  onerror() {}\n  inspect() {}\n}\n`,
    'README.md': `# orbit\n\n\`\`\`js\n${[...'abcd'].map((name) => `leg.fly${name}()\nplan.fly${name}()\n`).join('')}\`\`\`\n`,
  })
  assert.match(all, /`Plan`: has `flya`, [^|\n]*`flyj` \|/)
  assert.doesNotMatch(all, /`Leg`: has/)
  assert.match(all, /`Way`: has `flya\(\)`, `flyb\(\)` \|/)
})

test('a small public part does not describe a file of internal definitions that other files use', async () => {
  const long = (name: string): string => `inline int ${name}(int a) {\n${'  a += 1;\n'.repeat(9)}  return a;\n}\n`
  const all = await allOf({
    'CMakeLists.txt': 'project(orbit)\nadd_library(orbit INTERFACE)\ninstall(DIRECTORY include/ DESTINATION include)\n',
    'include/orbit/strings.hpp': `#pragma once\nnamespace orbit {\nnamespace detail {\n${long('split')}${long('trim')}${long('join')}}\n/// output streaming for enumerations\ninline int stream(int a) { return a; }\n}\n`,
    ...Object.fromEntries(
      ['leg', 'way'].map((name) => [
        `include/orbit/${name}.hpp`,
        `#pragma once\nnamespace orbit {\n/// Finds a ${name} of a flight.\ninline int ${name}(int a) { return a; }\n}\n`,
      ]),
    ),
    'include/orbit/plan.hpp':
      '#pragma once\n#include "orbit/strings.hpp"\nnamespace orbit {\n/// Plans a flight.\ninline int plan(int a) { return detail::split(detail::trim(detail::join(a))); }\n}\n',
  })
  assert.match(all, /\| `plan\.hpp` \| [^|]*Plans a flight/)
  assert.doesNotMatch(all, /\| `strings\.hpp` \| [^|]*output streaming/)
})

test('the comment of a package in a folder describes it, however much of it the README says as well', async () => {
  const functions = (names: string): string =>
    [...names].map((name) => `// Fly${name} flies ${name}.\nfunc Fly${name}() {}\n`).join('\n')
  const texts = {
    'go.mod': 'module example.org/orbit\n',
    'README.md': '# orbit\n\nOrbit provides a fast global logger, a package for all.\n',
    'orbit.go': `// Package orbit provides a logger.\npackage orbit\n\n${functions('abcdefg')}`,
    'log/log.go': `// Package log provides a global logger for orbit.\npackage log\n\n${functions('abcdefg')}`,
    'log/other.go': `package log\n\n${functions('hijk')}`,
  }
  const overview = (await pagesOf(texts)).get('overview.md') ?? ''
  assert.match(overview, /\*\*log\*\* \| Package log provides a global logger for orbit\./)
})

test('one public class does not describe a folder of internal ones, nor an overload a class', async () => {
  const inner = (name: string): string =>
    `namespace Orbit.Extensions;\n\nstatic class ${name}\n{\n${Array.from({ length: 9 }, (_, at) => `    public static int Fly${at}(this int leg)\n    {\n        return leg;\n    }\n`).join('')}}\n`
  const all = await allOf({
    'src/Orbit.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
    'src/Plan.cs':
      'namespace Orbit;\n\n/// <summary>Plans flights.</summary>\npublic class Plan\n{\n    public int Fly() => 1.Read();\n}\n',
    'src/Extensions/LegExtensions.cs':
      'namespace Orbit.Extensions;\n\npublic static class LegExtensions\n{\n    public static int Turn(this int leg) => leg;\n\n    public static int Land(this int leg) => leg;\n}\n',
    'src/Extensions/ReadExtensions.cs':
      'namespace Orbit.Extensions;\n\n/// <summary>Extension method overload!</summary>\nstatic class ReadExtensions\n{\n    public static int Read(this int leg) => leg;\n}\n',
    ...Object.fromEntries(['Way', 'Burn', 'Stage'].map((name) => [`src/Extensions/${name}.cs`, inner(name)])),
  })
  assert.doesNotMatch(all, /\*\*Extensions\*\* \| `LegExtensions`/)
  assert.doesNotMatch(all, /`ReadExtensions`: Extension method overload/)
})
