import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from './real-sample.ts'

/** All pages, without the addresses of links. */
async function allOf(texts: Record<string, string>): Promise<string> {
  return [...(await pagesOf(texts)).values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
}

test('a file of Ruby is told by the words of the class with its name', async () => {
  const all = await allOf({
    'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\nend\n',
    'lib/orbit.rb': '# Plans orbits for all.\nmodule Orbit\n  # Plans one.\n  def self.plan\n  end\nend\n',
    'lib/orbit/template.rb':
      'module Orbit\n  # Draws all steps of a flight\n  class Template\n    def call\n    end\n  end\nend\n',
    'lib/orbit/include.rb':
      'module Orbit\n  # Handles inlined includes\n  #\n  # Plans are compiled, other files are included as text\n  class Include\n    def call\n    end\n  end\nend\n',
    'lib/orbit/inserter.rb':
      "module Orbit\n  # In plans you don't need to write the burns sometimes. This\n  # filter adds the missing burns.\n  class Inserter\n    def call\n    end\n  end\nend\n",
  })
  assert.match(all, /\| `include\.rb` \| [^|]*Handles inlined includes/)
  assert.match(all, /\| `inserter\.rb` \| [^|]*sometimes\. This filter adds the missing burns\./)
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
      '#pragma once\n#include "orbit/strings.hpp"\nnamespace orbit {\n/// Finds the burns of a flight.\ninline int plan(int a) { return detail::split(detail::trim(detail::join(a))); }\n}\n',
  })
  assert.match(all, /\| `plan\.hpp` \| [^|]*Finds the burns of a flight/)
  assert.doesNotMatch(all, /\| `strings\.hpp` \| [^|]*output streaming/)
})

test('the comment of a package in a folder describes it, however much of it the README says as well', async () => {
  const functions = (names: string): string =>
    [...names].map((name) => `// Fly${name} flies ${name}.\nfunc Fly${name}() {}\n`).join('\n')
  const texts = {
    'go.mod': 'module example.org/orbit\n',
    'README.md': '# orbit\n\nOrbit provides a fast global logger, a package for all.\n',
    'orbit.go': `// Package orbit provides a logger.\npackage orbit\n\n${functions('abcdefg')}`,
    'log/log.go': `// Package log provides a global logger for orbit. It writes lines of JSON.\npackage log\n\n${functions('abcdefg')}`,
    'log/other.go': `package log\n\n${functions('hijk')}`,
  }
  const overview = (await pagesOf(texts)).get('overview.md') ?? ''
  assert.match(overview, /\*\*log\*\* \| Package log provides a global logger for orbit\. It writes lines of JSON\./)
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
