import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs, packageOf } from './packages-of.ts'

const mix = (project: string, rest = '') =>
  packageOf({
    'mix.exs': `defmodule Orbit.MixProject do\n  def project, do: [app: :orbit, ${project}]\n${rest}\nend\n`,
  })

test('comments may precede the list of dependencies', async () => {
  const comment = `    # ${'words '.repeat(15)}\n`
  const deps = `  defp deps do\n${comment.repeat(5)}    [{:jason, "~> 1.4"}]\n  end\n`
  assert.deepEqual(needs(await mix('deps: deps()', deps)), ['jason'])
})

test('dependencies may be in the project itself', async () => {
  assert.deepEqual(needs(await mix('deps: [{:jason, "~> 1.4"}]')), ['jason'])
})

test('a dependency is for the environments that its `only` lists', async () => {
  const deps = [
    '{:a, "~> 1.0", only: :test, env: :prod}',
    '{:b, "~> 1.0", only: ~w(test)a}',
    '{:c, "~> 1.0", only: [:dev, :prod]}',
    '{:d, "~> 1.0", only: [:dev], runtime: false}',
  ]
  assert.deepEqual(needs(await mix(`deps: [${deps.join(', ')}]`)), [
    'c',
    'a (development test)',
    'b (development test)',
    'd (development dev)',
  ])
})

test('a dependency has the name of its package', async () => {
  const deps = '{:"a-b", "~> 1.0"}, {:c, "~> 1.0", hex: :other_name}, {:d, "~> 1.0", hex: "d_fork"}'
  assert.deepEqual(needs(await mix(`deps: [${deps}]`)), ['a-b', 'other_name', 'd_fork'])
})

test('the version is that of the project, whatever else has one', async () => {
  const rest = '  @version "1.0.0"\n  def docs, do: [version: "9.9"]\n'
  assert.equal((await mix('version: @version', rest)).version, '1.0.0')
})

test('the description may be what a function returns', async () => {
  const rest = '  defp description do\n    """\n    Plans burns\n    and orbits.\n    """\n  end\n'
  assert.equal((await mix('description: description()', rest)).description, 'Plans burns and orbits.')
  assert.equal((await mix('description: description()', '  defp description(), do: "Plans."\n')).description, 'Plans.')
})
