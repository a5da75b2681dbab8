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
  assert.match(text, /^`orbit` \(`exe\/orbit`\)$/m)
  assert.doesNotMatch(text, /^\|.*3 files/m)
  const { 'exe/orbit': script, ...others } = RUBY
  const named = await overviewOf({
    ...others,
    'exe/plan': script,
    'orbit.gemspec': (RUBY['orbit.gemspec'] ?? '').replace('["orbit"]', "['plan']"),
  })
  assert.match(named, /^`plan` \(`exe\/plan`\)$/m)
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

test('a program has the words of its function, its comment or its README, and none of a script for developers', async () => {
  const main = file('orbit/main.py', 'def cli():\n    pass\n\ndef spin():\n    pass\n')
  const functions = [
    component(main, 'cli', { kind: 'function', doc: 'Plans flights from the command line.' }),
    component(main, 'spin', { kind: 'function' }),
  ]
  const python = await overviewOf(
    {
      'pyproject.toml':
        '[project]\nname = "orbit"\n[project.scripts]\norbit = "orbit.main:cli"\nspin = "orbit.main:spin"\n',
      'orbit/__init__.py': '',
      [main.path]: main.text ?? '',
    },
    { components: functions },
  )
  assert.match(
    python,
    /## Where it starts\n\n- `orbit` \(`cli`\): Plans flights from the command line\.\n\n`spin` \(`spin`\)\n/,
  )
  const go = await overviewOf({
    'go.mod': 'module example.org/orbit\n',
    'cmd/plan/main.go': 'package main\n\nfunc main() {}\n',
    'cmd/plan/README.md': '# plan\n\nplan writes the burns of a flight into a file.\n',
  })
  assert.match(go, /^- `plan` \(`cmd\/plan\/main\.go`\): plan writes the burns of a flight into a file\.$/m)
  const script = await overviewOf({
    'package.json': '{"name":"orbit","private":true,"scripts":{"start":"node lib/index.js"}}',
    'lib/index.js': "require('./plan')()\n",
    'lib/plan.js': 'module.exports = () => {}\n',
  })
  assert.doesNotMatch(script, /Where it starts/)
})
