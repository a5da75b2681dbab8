import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeDeclarations } from '#generate/declarations/merge.ts'
import type { Analysis, Component } from '#generate/model.ts'
import { analysedSample } from '../pages/real-sample.ts'

async function merged(texts: Record<string, string>): Promise<Analysis> {
  const { inventory, analysis } = await analysedSample(texts)
  return mergeDeclarations(analysis, inventory.files)
}

/** `id < parent` of each component. */
function linesOf({ components }: Analysis): string[] {
  return components.map(({ id, parent }) => (parent === null ? id : `${id} < ${parent}`))
}

function find({ components }: Analysis, id: string): Component {
  return components.find((one) => one.id === id) ?? assert.fail(`no ${id}`)
}

const GUARD = {
  'lib/rack/guard.rb': 'module Rack\n  class Guard\n    def call(env)\n      Rack::Guard.reset\n    end\n  end\nend\n',
  'lib/rack/guard/version.rb': "module Rack\n  class Guard\n    # Of the gem.\n    VERSION = '1'\n  end\nend\n",
  'lib/rack/guard/check.rb':
    'module Rack\n  class Guard\n    class Check\n      def run\n        Rack::Guard.new\n      end\n    end\n  end\nend\n',
  'lib/rack/guard/more.rb': 'class Rack::Guard\n  def self.reset\n  end\nend\n',
  'lib/rack/guard/aside.rb': 'class Rack::Guard::Aside\nend\n',
}

test('a class of Ruby that several files open is one component, in the file with its name', async () => {
  const analysis = await merged(GUARD)
  assert.deepEqual(linesOf(analysis), [
    'lib/rack/guard.rb#Rack.Guard',
    'lib/rack/guard.rb#Rack.Guard.call < lib/rack/guard.rb#Rack.Guard',
    'lib/rack/guard/aside.rb#Rack.Guard.Aside < lib/rack/guard.rb#Rack.Guard',
    'lib/rack/guard/check.rb#Rack.Guard.Check < lib/rack/guard.rb#Rack.Guard',
    'lib/rack/guard/check.rb#Rack.Guard.Check.run < lib/rack/guard/check.rb#Rack.Guard.Check',
    'lib/rack/guard/more.rb#Rack.Guard.reset < lib/rack/guard.rb#Rack.Guard',
    'lib/rack/guard/version.rb#Rack.Guard.VERSION < lib/rack/guard.rb#Rack.Guard',
  ])
  assert.deepEqual(
    find(analysis, 'lib/rack/guard.rb#Rack.Guard').declarations?.map(({ id, startLine }) => [id, startLine]),
    [
      ['lib/rack/guard.rb#Rack.Guard', 2],
      ['lib/rack/guard/check.rb#Rack.Guard', 2],
      ['lib/rack/guard/more.rb#Rack.Guard', 1],
      ['lib/rack/guard/version.rb#Rack.Guard', 2],
    ],
  )
  assert.equal(find(analysis, 'lib/rack/guard/aside.rb#Rack.Guard.Aside').name, 'Aside')
})

test('edges and their places lead to the one component, each once', async () => {
  const analysis = await merged(GUARD)
  const run = 'lib/rack/guard/check.rb#Rack.Guard.Check.run'
  const own = analysis.edges.filter(({ from }) => from === run)
  assert.deepEqual(
    own.map(({ to, kind }) => `${kind} ${to}`),
    ['instantiates lib/rack/guard.rb#Rack.Guard', 'uses-type lib/rack/guard.rb#Rack.Guard'],
  )
  assert.deepEqual(
    [...new Set(analysis.occurrences.usesIn(run).map(({ file, line }) => `${file}:${line}`))],
    ['lib/rack/guard/check.rb:5'],
  )
  const keys = analysis.edges.map(({ from, to, kind }) => `${from} ${to} ${kind}`)
  assert.equal(new Set(keys).size, keys.length)
  assert.ok(analysis.edges.every(({ from, to }) => from !== to))
  const ids = new Set([...analysis.components.map(({ id }) => id), ...Object.keys(GUARD)])
  for (const { from, to } of analysis.edges) assert.ok(ids.has(from) && ids.has(to), `${from} ${to}`)
})

test('what defines the same method once more is another class, and what tests open is their own', async () => {
  const analysis = await merged({
    'a/solution.rb': 'class Solution\n  def run\n  end\nend\n',
    'b/solution.rb': 'class Solution\n  def run\n  end\nend\n',
    'lib/pool.rb': '# Keeps things.\nclass Pool\n  def take\n  end\nend\n',
    'spec/pool_spec.rb': 'class Pool\n  def fake\n  end\nend\nPool.new\n',
  })
  assert.deepEqual(linesOf(analysis), [
    'a/solution.rb#Solution',
    'a/solution.rb#Solution.run < a/solution.rb#Solution',
    'b/solution.rb#Solution',
    'b/solution.rb#Solution.run < b/solution.rb#Solution',
    'lib/pool.rb#Pool',
    'lib/pool.rb#Pool.take < lib/pool.rb#Pool',
    'spec/pool_spec.rb#Pool',
    'spec/pool_spec.rb#Pool.fake < spec/pool_spec.rb#Pool',
  ])
  const made = analysis.edges.filter(({ kind }) => kind === 'instantiates')
  assert.deepEqual(
    made.map(({ from, to }) => `${from} ${to}`),
    ['spec/pool_spec.rb lib/pool.rb#Pool'],
  )
})

test('a module of Ruby with methods or words of its own stays, one that only holds classes and a version does not', async () => {
  const analysis = await merged({
    'lib/orbit.rb': '# Plans burns.\nmodule Orbit\n  def self.plan\n  end\nend\n',
    'lib/orbit/burn.rb': 'module Orbit\n  class Burn\n  end\nend\n',
    'lib/kit.rb': 'module Kit\n  class Tool\n  end\nend\n',
    'lib/kit/version.rb': "module Kit\n  VERSION = '1'\nend\n",
  })
  assert.deepEqual(linesOf(analysis), [
    'lib/kit.rb#Kit.Tool',
    'lib/kit/version.rb#Kit.VERSION',
    'lib/orbit.rb#Orbit',
    'lib/orbit.rb#Orbit.plan < lib/orbit.rb#Orbit',
    'lib/orbit/burn.rb#Orbit.Burn < lib/orbit.rb#Orbit',
  ])
})

test('words above the modules around a class are of the class, unless the file has the name of a module', async () => {
  const analysis = await merged({
    'lib/rack.rb': '# All of it.\nmodule Rack\n  def self.all\n  end\nend\n',
    'lib/rack/guard/request.rb': '# What came.\nmodule Rack\n  class Guard\n    class Request\n    end\n  end\nend\n',
  })
  assert.equal(find(analysis, 'lib/rack.rb#Rack').doc, 'All of it.')
  assert.equal(find(analysis, 'lib/rack/guard/request.rb#Rack.Guard.Request').doc, 'What came.')
})

test('what stands in the body of a part in another file is of that file, what it extends is of the class', async () => {
  const analysis = await merged({
    'lib/pool.rb': '# Keeps things.\nclass Pool\n  def take\n  end\nend\n',
    'lib/pool/more.rb':
      'module Each\nend\nclass Kit\n  def self.make\n  end\nend\nclass Pool\n  include Each\n  Kit.make\nend\n',
  })
  const lines = analysis.edges.map(({ from, to, kind }) => `${from} ${kind} ${to}`)
  assert.ok(lines.includes('lib/pool.rb#Pool mixes-in lib/pool/more.rb#Each'), lines.join('\n'))
  assert.ok(lines.includes('lib/pool/more.rb calls lib/pool/more.rb#Kit.make'), lines.join('\n'))
})

test('interfaces of TypeScript that a file declares twice are one', async () => {
  const analysis = await merged({
    'src/a.ts':
      '/** Options. */\nexport interface Options {\n  a: string\n}\nexport interface Options {\n  b: string\n}\n',
  })
  assert.deepEqual(linesOf(analysis), [
    'src/a.ts#Options',
    'src/a.ts#Options.a < src/a.ts#Options',
    'src/a.ts#Options.b < src/a.ts#Options',
  ])
})

test('partial types of C# are one in their namespace, with the words of the part that has some', async () => {
  const part = (space: string, body: string, doc = ''): string =>
    `namespace ${space};\n\n${doc}public static partial class Guards\n{\n${body}}\n`
  const analysis = await merged({
    'src/Zero.cs': part(
      'Shop',
      '    public static int Zero(int a) { return a; }\n    public static long Zero(long a) { return a; }\n',
    ),
    'src/Null.cs': part(
      'Shop',
      '    public static int Null(int a) { return a; }\n',
      '/// <summary>Checks what is given.</summary>\n',
    ),
    'src/Other.cs': part('Other', '    public static int Odd(int a) { return a; }\n'),
  })
  assert.deepEqual(
    analysis.components.filter(({ kind }) => kind === 'class').map(({ id, doc }) => `${id} ${doc}`),
    ['src/Null.cs#Guards Checks what is given.', 'src/Other.cs#Guards null'],
  )
  assert.deepEqual(
    analysis.components
      .filter(({ parent }) => parent === 'src/Null.cs#Guards')
      .map(({ name, file }) => `${file} ${name}`),
    ['src/Null.cs Null', 'src/Zero.cs Zero', 'src/Zero.cs Zero'],
  )
})

test('namespaces of C++ without words of their own are gone, and what they hold stands at the top of its file', async () => {
  const analysis = await merged({
    'include/orbit/a.hpp': 'namespace orbit {\n/// Goes.\nclass A {\n public:\n  void go();\n};\n}\n',
    'include/orbit/b.hpp': 'namespace orbit {\nnamespace detail {\nint help(int a) { return a; }\n}\n}\n',
  })
  assert.deepEqual(
    analysis.components.filter(({ parent }) => parent === null).map(({ qualifiedName }) => qualifiedName),
    ['orbit.A', 'orbit.detail.help'],
  )
})

test('a member of C++ that is defined outside of its class is as visible as it is declared', async () => {
  const analysis = await merged({
    'include/pool.hpp':
      '#pragma once\nclass Pool {\n public:\n  int take();\n  int grow(int by);\n private:\n  void drop();\n  void grow();\n};\ninline int Pool::take() { return 1; }\ninline void Pool::drop() {}\ninline void Pool::grow() {}\n',
  })
  const outside = analysis.components.filter(({ signature }) => signature.includes('Pool::'))
  assert.deepEqual(outside.map(({ name, visibility, exported }) => `${name} ${visibility} ${exported}`).sort(), [
    'drop private false',
    'grow public true',
    'take public true',
  ])
})
