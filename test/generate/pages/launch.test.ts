/** Where a program starts, from real files and made components. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { indexRepo } from '#generate/pages/repo-index.ts'
import { declaredIn } from '#generate/pages/tops.ts'
import { documentOf } from './real-sample.ts'
import { component, edge, file, sample } from './sample.ts'

/** The overview without addresses. */
async function overviewOf(...args: Parameters<typeof documentOf>): Promise<string> {
  const { markdown, verification } = await documentOf(...args)
  assert.deepEqual(verification.faults, [])
  return (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
}

const RUBY = {
  'orbit.gemspec':
    'Gem::Specification.new do |s|\n  s.name = "orbit"\n  s.bindir = "exe"\n  s.executables = ["orbit"]\nend\n',
  Rakefile: 'task :x\n',
  'exe/orbit': '#!/usr/bin/env ruby\nOrbit.start\n',
  'lib/orbit.rb': 'module Orbit\n  def self.start\n  end\nend\n',
  'lib/orbit/plan.rb': 'module Orbit\n  class Plan\n  end\nend\n',
}

test('a gem has its program, and what its namespace holds is not counted', async () => {
  const [orbit, plan] = [
    file('lib/orbit.rb', RUBY['lib/orbit.rb']),
    file('lib/orbit/plan.rb', RUBY['lib/orbit/plan.rb']),
  ]
  const spaces = [orbit, plan].map((one) => component(one, 'Orbit', { kind: 'namespace' }))
  const start = component(orbit, 'Orbit.start', { kind: 'function', parent: `${orbit.path}#Orbit` })
  const type = component(plan, 'Orbit.Plan', { kind: 'class', parent: `${plan.path}#Orbit` })
  const text = await overviewOf(RUBY, { components: [...spaces, start, type], edges: [edge('exe/orbit', start.id)] })
  assert.match(text, /^- `exe\/orbit` is the program `orbit`\.$/m)
  assert.doesNotMatch(text, /^\|.*3 files/m)
  const { 'exe/orbit': script, ...others } = RUBY
  const named = await overviewOf({
    ...others,
    'exe/plan': script,
    'orbit.gemspec': (RUBY['orbit.gemspec'] ?? '').replace('["orbit"]', "['plan']"),
  })
  assert.match(named, /^- `exe\/plan` is the program `plan`\.$/m)
})

test('a file that a server loads is a program where it has what the server calls', async () => {
  const text = await overviewOf({
    'site/wsgi.py': 'from x import get\n\napplication = get()\n',
    'kit/middleware/wsgi.py': 'from other import Middleware\n',
  })
  assert.match(text, /site\/wsgi\.py` is a program/)
  assert.doesNotMatch(text, /middleware\/wsgi\.py` is a program/)
})

test('what a module has for itself is not told in place of what it is for', async () => {
  const compat = file('kit/_compat/a.py', 'def old(): pass\n')
  const old = component(compat, 'old', { exported: false })
  const more = { 'kit/core.py': 'x = 1\n', 'kit/_compat/b.py': 'y = 1\n' }
  const text = await overviewOf({ [compat.path]: 'def old(): pass\n', ...more }, { components: [old] })
  assert.doesNotMatch(text, /: `old`/)
})

test('what containers leave out is no image', async () => {
  const text = await overviewOf({ 'a.go': 'package a\n', 'go.mod': 'module a\n', '.dockerignore': 'x\n' })
  assert.match(text, /go\.mod/)
  assert.doesNotMatch(text, /dockerignore` *$|: `\.dockerignore/m)
})

test('a namespace may hold very many', async () => {
  const whole = file('src/names.ts', 'export namespace N {}\n')
  const space = component(whole, 'N', { kind: 'namespace' })
  const names = Array.from({ length: 150_000 }, (_, n) =>
    component(whole, `N.a${n}`, { kind: 'constant', parent: space.id, startLine: 1, endLine: 1 }),
  )
  const { inventory, analysis } = sample([whole], [space, ...names])
  const root = { id: 'r', slug: 'r', title: 'r', path: '', files: [whole.path], children: [] }
  assert.equal(declaredIn(whole.path, indexRepo(inventory, analysis, root)).length, names.length)
})

test('a script that only loads a library is no start, nor is the file of a command a second program', async () => {
  const packageJson = '{"name":"orbit","main":"index.js","scripts":{"start":"node lib/index.js"}}'
  const startOf = (code: string): Promise<string> =>
    overviewOf({
      'package.json': packageJson,
      'index.js': "module.exports = require('./lib/index.js')\n",
      'lib/index.js': code,
    })
  const plan = "const a = require('./plan')\nfunction plan() {\n  return a()\n}\n"
  const library = await startOf(`${plan}module.exports = Object.assign(plan, { a })\n`)
  assert.doesNotMatch(library, /npm start` .* runs/)
  assert.match(await startOf(`${plan}module.exports = plan\nplan()\n`), /npm start` .* runs `lib\/index\.js`/)
  const python = await overviewOf({
    'pyproject.toml': '[project]\nname = "orbit"\n[project.scripts]\norbit = "orbit.main:cli"\n',
    'orbit/__init__.py': '',
    'orbit/main.py': "def cli():\n    pass\n\nif __name__ == '__main__':\n    cli()\n",
  })
  assert.match(python, /The command `orbit`/)
  assert.doesNotMatch(python, /is a program/)
})
