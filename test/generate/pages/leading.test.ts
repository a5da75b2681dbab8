/** Which definitions lead lists, and what rows say of them. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Component, Surface } from '#generate/model.ts'
import { calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { documentOf, overviewOf, sampleOf } from './real-sample.ts'
import { component, document, edge, file } from './sample.ts'

const GEM = {
  'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\nend\n',
  'lib/orbit.rb':
    'class Orbit\n  class Error < RuntimeError; end\nend\n\n# Plans burns of engines.\nclass Orbit\n  def go\n  end\nend\n',
  'lib/orbit/version.rb': 'class Orbit\n  VERSION = "1.2"\nend\n',
  'lib/orbit/wrap.rb': 'class Orbit\n  class Wrap < ::BasicObject\n    def with\n    end\n  end\nend\n',
  'lib/orbit/more.rb': 'class Orbit\n  class More\n    def all\n    end\n  end\nend\n',
}

test('a file that only opens a class of Ruby is told by what it adds, and not by a type that it is called after', async () => {
  const part = (path: keyof typeof GEM, id = 'Orbit', extra: Partial<Component> = {}): Component =>
    component(file(path, GEM[path]), 'Orbit', { kind: 'class', id: `${path}#${id}`, ...extra })
  const member = (path: keyof typeof GEM, name: string, extra: Partial<Component>): Component =>
    component(file(path, GEM[path]), `Orbit.${name}`, { parent: `${path}#Orbit`, ...extra })
  const { markdown } = await documentOf(GEM, {
    components: [
      part('lib/orbit.rb', 'Orbit', { startLine: 1, endLine: 3 }),
      part('lib/orbit.rb', 'Orbit~2', { startLine: 6, endLine: 9, doc: 'Plans burns of engines.' }),
      part('lib/orbit/version.rb'),
      part('lib/orbit/wrap.rb'),
      part('lib/orbit/more.rb'),
      member('lib/orbit/version.rb', 'VERSION', { kind: 'constant', signature: 'VERSION = "1.2"' }),
      member('lib/orbit/wrap.rb', 'Wrap', { kind: 'class', signature: 'class Wrap < ::BasicObject' }),
      member('lib/orbit/more.rb', 'More', { kind: 'class', signature: 'class More' }),
    ],
  })
  const text = [...markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.doesNotMatch(text, /adds `VERSION`/)
})

test('a default export has its own name, what a README calls is known, and what is hidden is not shown', async () => {
  const kit = {
    'package.json': '{"name":"orbit","version":"1.0.0","main":"index.js"}',
    'README.md': "# Orbit\n\nPlans burns.\n\n```js\nimport orbit, { make } from 'orbit'\n\norbit.go(1)\nmake()\n```\n",
    'index.js': 'const orbit = make()\nexport default orbit\nexport function make() {\n}\nexport function old() {}\n',
  }
  const index = file('index.js', kit['index.js'])
  const parts = [
    component(index, 'orbit', { kind: 'constant', signature: 'const orbit = make()', doc: 'Plans burns of engines.' }),
    component(index, 'make', { endLine: 4, signature: 'make()', doc: 'Gives a planner.' }),
    component(index, 'old', { doc: 'For internal use only.' }),
  ]
  const names = parts.map(({ id, name }) => ({ name: name === 'orbit' ? 'default' : name, to: id }))
  const edges = [edge(`${index.path}#orbit`, `${index.path}#make`, { kind: 'calls' })]
  const surface: Surface = {
    ecosystem: 'npm',
    package: 'orbit',
    folder: '',
    isPrivate: false,
    paths: [{ path: 'orbit', language: 'javascript', names }],
  }
  const given = await sampleOf(kit, { components: parts, edges })
  const { markdown } = document({ ...given, surfaces: [surface] })
  const text = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  const api = /^## Public API\n[\s\S]*?(?=^## )/m.exec(text)?.[0] ?? ''
  assert.match(
    api,
    /^\| constant `orbit` \| Plans burns of engines\. \|\n\| function `make` \| Gives a planner\. \|\n\n(?!All)/m,
  )
  assert.doesNotMatch(api, /old/)
  assert.equal(markdown.get('public-api.md'), undefined, 'no name is left')

  const code = "import orbit from 'orbit'\n\norbit\n  .go(1)\n"
  const guides = new Map([['README.md', { path: 'README.md', blocks: [{ type: 'code', lang: 'js', value: code }] }]])
  const known = { guides: { guides }, surfaces: [surface], packages: [], inventory: given.inventory }
  const repo = { components: new Map(parts.map((one) => [one.id, one])), files: new Map(), fileDocs: new Map() }
  const called = calledInReadme({ ...known, repo } as unknown as Writing)
  assert.deepEqual([...called], [['index.js#orbit', 1]])
})

const PACKAGE = {
  'pyproject.toml':
    '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "orbit"\nversion = "1.0"\n[tool.hatch.build.targets.wheel]\npackages = ["orbit"]\n',
  'orbit/__init__.py': 'from .manager import Manager\nfrom .marks import Mark\n\n__all__ = ["Manager", "Mark"]\n',
  'orbit/marks.py': 'class Mark:\n    """Marks a burn."""\n\n    def __init__(self, name):\n        self.name = name\n',
  'orbit/plan.py': `class Plan:\n    def first(self):\n        return 1\n\n    def last(self):\n        return 2\n`,
  'orbit/manager.py': `from .marks import Mark\nfrom .plan import Plan\n\n\nclass Manager:\n    """Runs plans."""\n\n    def run(self, mark: Mark):\n${'        mark.name\n'.repeat(30)}        return self.plan(mark)\n\n    def plan(self, mark: Mark):\n${'        mark.name\n'.repeat(30)}        return Plan()\n`,
  'orbit/settings/__init__.py': 'from .options import Options\n\n__all__ = ["Options"]\n',
  'orbit/settings/options.py':
    'class Options:\n    """What may be chosen."""\n\n    def all(self):\n        return []\n',
}

test('one begins with what documents call first', async () => {
  const code = 'import orbit\n\nmark = orbit.Mark("x")\nmanager = orbit.Manager()\nmanager.run(mark)\n'
  const text = await overviewOf(PACKAGE, 'python', code)
  assert.match(text, /^\| \*\*orbit\*\* \| `Mark` \|$/m)
})

test('what only passes a call on to another object is no start', async () => {
  const code = 'class Flight\n  include Orbit::Methods\n  def go\n    burn(1)\n    burn(2)\n  end\nend\n'
  const burns = '      many.to_s\n'.repeat(9)
  const gem = {
    'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\n  s.summary = "Plans all burns"\nend\n',
    'lib/orbit.rb': `require 'forwardable'\n\nmodule Orbit\n  # Makes all burns of one flight.\n  class Session\n    # Burns as much as it is told.\n    def burn(many)\n${burns}    end\n  end\n\n  module Methods\n    extend Forwardable\n\n    def session\n      Session.new\n    end\n\n    def_delegators :session, :burn\n  end\nend\n`,
    'lib/orbit/version.rb': 'module Orbit\n  VERSION = "1"\nend\n',
    'spec/orbit_spec.rb': "require 'orbit'\n\ndescribe Orbit::Session do\n  it { Orbit::Session.new.burn(1) }\nend\n",
  }
  const text = await overviewOf(gem, 'ruby', code)
  assert.match(text, /^\| method `Orbit::Methods#burn` \| Burns as much as it is told\. \|$/m)
  assert.doesNotMatch(text, /\| `(?:Orbit::)?(?:Methods#)?burn` \|$/m)
})

test('what the comment on a package calls its central function leads', async () => {
  const given = {
    'go.mod': 'module example.org/orbit\n\ngo 1.22\n',
    'doc.go':
      '// Package orbit plans flights.\n//\n// The central function is [Plan], which takes a [Flight].\npackage orbit\n',
    'a.go': `package orbit\n\n// Flight is one way to the moon.\ntype Flight struct{}\n\n// Fly flies.\nfunc (f *Flight) Fly() {\n${'\tprintln(1)\n'.repeat(30)}}\n\n// Plan draws a way.\nfunc Plan(f Flight) {}\n`,
  }
  const text = await overviewOf(given, 'go', 'f := orbit.Flight{}\nf.Fly()\n')
  const names = [...text.matchAll(/^\| (?:function|struct) `(\w+)`/gm)].map(([, name]) => name)
  assert.deepEqual(names, ['Plan', 'Flight'])
})

test('the words of a base are told of that, not of the module that an heir leads', async () => {
  const lines = '      many.to_s\n'.repeat(9)
  const gem = {
    'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\n  s.summary = "Plans all burns"\nend\n',
    'lib/orbit.rb': "require 'orbit/mapping'\nrequire 'orbit/slow'\n\nmodule Orbit\nend\n",
    'lib/orbit/mapping.rb': `module Orbit\n  # Base class of all mappings.\n  class Mapping\n    def plan(many)\n${lines}    end\n  end\nend\n`,
    'lib/orbit/slow.rb': `module Orbit\n  class SlowMapping < Mapping\n    def burn(many)\n${lines}    end\n  end\nend\n`,
  }
  const text = await overviewOf(gem, 'ruby', "require 'orbit'\nOrbit::SlowMapping.new\n")
  assert.match(text, /^\| \*\*orbit\*\* \| `Orbit::SlowMapping` \|$/m)
})

test('extensions are named with what they are called on; a README calls them on a value, never bare', async () => {
  const text = await overviewOf(
    {
      'pom.xml': '<project><groupId>org.orbit</groupId><artifactId>orbit</artifactId></project>',
      'src/main/kotlin/Flows.kt':
        'package org.orbit\n\nimport other.Channel\nimport other.Flow\n\n/** Awaits one. */\nfun <T> Channel<T>.await(): T = take()\n\n/** Tests a flow. */\nsuspend fun <T> Flow<T>.zest(validate: () -> Unit) {}\n',
    },
    'kotlin',
    'flowOf("one").zest {\n  await()\n}\n',
  )
  const rows = text.split('\n').filter((line) => line.startsWith('| extension'))
  assert.match(rows[0] ?? '', /^\| extension function `Flow\.zest` \| Tests a flow\./)
  assert.match(rows[1] ?? '', /^\| extension function `Channel\.await` \|/)
})

test('a module of Scala is not told of by one of its functions that are objects', async () => {
  const text = await overviewOf(
    {
      'src/main/scala/orbit/Macros.scala':
        'package orbit\n\n/** Makes literals. */\ntrait PlanMacros { def make(): Int = 1 }\n',
      'src/main/scala/orbit/Ops.scala':
        'package orbit\n\n/** Reads a plan. */\nobject read extends Function1[String, Int] { def apply(a: String): Int = 1 }\n\n/** Writes a plan. */\nobject write extends Function1[String, Int] { def apply(a: String): Int = 1 }\n',
    },
    'scala',
    'orbit.read("a")\n',
  )
  assert.doesNotMatch(text.split('## At a glance')[1] ?? '', /Makes literals|Reads a plan\. \|/)
})
