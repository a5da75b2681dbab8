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
    'lib/adapter.rb': '# Patch the Orbit module\nmodule Orbit\n  class Plan\n    def fly\n    end\n  end\nend\n',
  })
  assert.equal(find(analysis, 'lib/adapter.rb#Orbit.Plan').doc, null)
  assert.equal(find(analysis, 'lib/rack.rb#Rack').doc, 'All of it.')
  assert.equal(find(analysis, 'lib/rack/guard/request.rb#Rack.Guard.Request').doc, 'What came.')
})

test('words above a module that another file is named after are on what its file holds', async () => {
  const analysis = await merged({
    'lib/rack.rb': 'module Rack\n  def self.all\n  end\nend\n',
    'lib/rack/guard/cache.rb':
      '# Keeps what came.\nmodule Rack\n  def self.store\n  end\n  module Guard\n    module Cache\n      def read\n      end\n    end\n  end\nend\n',
    'lib/rack/words.rb': '# Says it in words.\nmodule Rack\n  def self.say\n  end\nend\n',
  })
  assert.equal(find(analysis, 'lib/rack.rb#Rack').doc, null)
  assert.equal(find(analysis, 'lib/rack/guard/cache.rb#Rack.Guard.Cache').doc, 'Keeps what came.')
  assert.deepEqual({ ...analysis.fileDocs }, { 'lib/rack/words.rb': 'Says it in words.' })
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
  const members = analysis.components.filter(({ kind }) => kind === 'method')
  assert.deepEqual(
    members.map(({ name, startLine, visibility, exported }) => `${startLine} ${name} ${visibility} ${exported}`).sort(),
    ['10 take public true', '11 drop private false', '12 grow private false', '5 grow public true'],
  )
})

test('a member of C++ has the visibility of its class and the edges of its body, wherever that stands', async () => {
  const analysis = await merged({
    'pool.hpp':
      '#pragma once\nclass Pool {\n public:\n  void take(int count);\n private:\n  void help();\n  void help(long count);\n};\n',
    'pool.cpp':
      '#include "pool.hpp"\n\nvoid Pool::take(int n) { help(); }\nvoid Pool::help() {}\nvoid Pool::help(long) {}\n',
  })
  assert.deepEqual(linesOf(analysis), [
    'pool.cpp#Pool.help < pool.hpp#Pool',
    'pool.cpp#Pool.help~2 < pool.hpp#Pool',
    'pool.cpp#Pool.take < pool.hpp#Pool',
    'pool.hpp#Pool',
  ])
  assert.equal(find(analysis, 'pool.cpp#Pool.help').exported, false)
  assert.equal(find(analysis, 'pool.cpp#Pool.take').signature, 'void take(int count)')
  assert.deepEqual(
    find(analysis, 'pool.cpp#Pool.take').declarations?.map(({ file, startLine }) => `${file}:${startLine}`),
    ['pool.cpp:3', 'pool.hpp:4'],
  )
  assert.deepEqual(
    analysis.edges.filter(({ kind }) => kind === 'calls').map(({ from, to }) => `${from} ${to}`),
    ['pool.cpp#Pool.take pool.cpp#Pool.help'],
  )
})

test('types of one name in two files keep their members apart', async () => {
  const analysis = await merged({
    'a.cpp': 'struct State {\n  int run() { return 1; }\n};\n',
    'b.cpp': 'struct State {\n  int run() { return 2; }\n};\n',
  })
  assert.equal(analysis.components.filter(({ name }) => name === 'run').length, 2)
})

test('what a package of Go declares once for each platform is one thing, that for Linux', async () => {
  const analysis = await merged({
    'go.mod': 'module m\n',
    'term_darwin.go':
      'package m\n\nfunc open() int { return 1 }\n\ntype File struct{ fd int }\n\nfunc (f *File) Close() {}\n',
    'term_linux.go':
      'package m\n\n// open opens.\nfunc open() int { return 2 }\n\ntype File struct{ fd, at int }\n\nfunc (f *File) Close() {}\n',
    'term_windows.go': 'package m\n\nfunc open() int { return 3 }\n\nfunc init() {}\n',
    'use.go': 'package m\n\nfunc init() {}\n\nfunc Use() int { return open() }\n',
    'gen.go': '//go:build ignore\n\npackage m\n\nfunc open() int { return 4 }\n',
    'm_test.go': 'package m_test\n\nfunc open() {}\n',
  })
  assert.deepEqual(linesOf(analysis), [
    'gen.go#open',
    'm_test.go#open',
    'term_linux.go#File',
    'term_linux.go#File.Close < term_linux.go#File',
    'term_linux.go#File.at < term_linux.go#File',
    'term_linux.go#File.fd < term_linux.go#File',
    'term_linux.go#open',
    'term_windows.go#init',
    'use.go#Use',
    'use.go#init',
  ])
  assert.deepEqual(
    find(analysis, 'term_linux.go#open').declarations?.map(({ file }) => file),
    ['term_darwin.go', 'term_linux.go', 'term_windows.go'],
  )
  assert.ok(analysis.edges.some(({ from, to }) => from === 'use.go#Use' && to === 'term_linux.go#open'))
})

test('a method of C# that each branch of a condition defines is one; methods that take other types, or types with other constraints, are others', async () => {
  const analysis = await merged({
    'Box.cs': `class Box : IBox {
#if A
  public void Put(int at) { }
#else
  public void Put(int at) { }
#endif
  public void Put<T>(int at) { }
  public void Put(string at) { }
  void IBox.Put(int at) { }
  static Box() { }
  public Box() { }
}
class Box<T> {
  public void Put(int at) { }
  public T Null<T>(T? value) { return value; }
  public T Null<T>(T? value) where T : struct { return value.Value; }
}`,
  })
  assert.deepEqual(
    analysis.components.flatMap(({ kind, startLine, declarations }) =>
      kind === 'method' ? [[startLine, declarations?.map((one) => one.startLine)]] : [],
    ),
    [
      [10, undefined],
      [11, undefined],
      [15, undefined],
      [16, undefined],
      [3, [3, 5]],
      [7, undefined],
      [8, undefined],
      [9, undefined],
      [14, undefined],
    ],
  )
})

test('a specialization of C++ keeps its members, also where they take what those of the template take', async () => {
  const analysis = await merged({
    'a.hpp':
      'template <class T, int P = 0> struct Parse {\n  T operator()(int s) { return s; }\n};\ntemplate <class T> struct Parse<T, 2> {\n  T operator()(int s) { return s; }\n};\n',
  })
  assert.deepEqual(linesOf(analysis), [
    'a.hpp#Parse',
    'a.hpp#Parse.operator() < a.hpp#Parse',
    'a.hpp#Parse.operator()~2 < a.hpp#Parse~2',
    'a.hpp#Parse~2',
  ])
})

test('a type of C and what a `typedef` calls by its name are one; a type that each branch defines is not', async () => {
  const analysis = await merged({
    'a.h': `/* A plan of a flight. */
typedef struct plan { int x; } plan;
struct leg { int y; };
/* How it burns. */
typedef enum burn { SLOW, FAST } burn;
typedef struct far far;
typedef struct crew_ { int size; } crew;
typedef struct ship_ ship;
#ifdef A
struct step { int z; };
#else
struct step { long z; };
#endif
typedef struct step step;
int fly(plan *one, burn how);
`,
  })
  const { components } = analysis
  const found = components.filter(({ parent }) => parent === null).map(({ kind, name }) => `${kind} ${name}`)
  assert.deepEqual(found.sort(), [
    'enum burn',
    'function fly',
    'struct crew',
    'struct leg',
    'struct plan',
    'struct step',
    'struct step',
    'type far',
    'type ship',
    'type step',
  ])
  const plan = components.find(({ name }) => name === 'plan')
  assert.deepEqual([plan?.doc, plan?.signature], ['A plan of a flight.', 'typedef struct plan {…} plan'])
  assert.equal(components.find(({ name }) => name === 'x')?.parent, plan?.id)
  const used = analysis.edges.filter(({ from, kind }) => from.endsWith('#fly') && kind === 'uses-type')
  assert.deepEqual(used.map(({ to }) => components.find(({ id }) => id === to)?.kind).sort(), ['enum', 'struct'])
})

test('the parts of a class of Ruby show nothing of it where its main part is hidden', async () => {
  const { exports } = await merged({
    'lib/orbit/flight.rb': 'module Orbit\n  class Flight # :nodoc:\n    def go\n    end\n  end\nend\n',
    'lib/orbit/flight/leg.rb':
      'module Orbit\n  class Flight\n    class Leg\n      def go\n      end\n    end\n  end\nend\n',
  })
  assert.deepEqual({ ...exports }, { 'lib/orbit/flight/leg.rb': [] })
})

test('a constructor of C++ is the one that its class declares, where a `using` shortens the type behind `const`', async () => {
  const analysis = await merged({
    'pool.hpp':
      '#pragma once\n#include <string>\nclass Pool {\n public:\n  explicit Pool(const std::string& name);\n  explicit Pool(const char *text, unsigned long size);\n};\n',
    'pool.cpp':
      '#include "pool.hpp"\nusing std::string;\n\nPool::Pool(const string& name) {}\nPool::Pool(const char *text, unsigned long size) {}\n',
  })
  const made = analysis.components.filter(({ kind }) => kind === 'method')
  assert.deepEqual(
    made.map(({ file, startLine, exported }) => `${file}:${startLine} ${exported}`),
    ['pool.cpp:4 true', 'pool.cpp:5 true'],
  )
})

test('a sentence that many functions share but for the number in their name is no comment, nor is one that every constructor has', async () => {
  const checks = ['27', '30', '31', '32'].map(
    (at) => `# Post-install check for ${at}.x\nverify_py${at}() {\n  true\n}\n`,
  )
  const analysis = await merged({
    'bin/build': `#!/bin/bash\n${checks.join('\n')}\n# Fetches an archive.\nfetch() {\n  verify_py27\n}\n`,
    'lib/code.sh': ['a', 'b', 'c', 'd'].map((at, n) => `# Accepts ${n}xx.\nis_${at}() {\n  true\n}\n`).join('\n'),
    'Plan.cs':
      'public class Plan\n{\n    /// <summary>Initializes a new instance of the <see cref="Plan"/> class.</summary>\n    public Plan(int size) { }\n    /// <summary>Burns 2 legs.</summary>\n    public void Burn() { }\n    /// <summary>Burns 3 legs.</summary>\n    public void More() { }\n}\n',
  })
  const docs = analysis.components.flatMap(({ doc }) => doc ?? [])
  assert.deepEqual(docs.sort(), [
    ...[0, 1, 2, 3].map((n) => `Accepts ${n}xx.`),
    'Burns 2 legs.',
    'Burns 3 legs.',
    'Fetches an archive.',
  ])
})

test('a comment that only names the implemented type is none, unlike one that says what is implemented', async () => {
  const comments = [
    'Write implements io.Writer.',
    'Close implements the Closer interface.',
    'Flush implements backpressure.',
    'This implements io.Seeker.',
  ]
  const analysis = await merged({
    'pipe.go': `package pipe\n\n// Closer ends.\ntype Closer interface{ Close() }\n\ntype Pipe struct{}\n\n${['Write', 'Close', 'Flush', 'Seek'].map((name, at) => `// ${comments[at]}\nfunc (p *Pipe) ${name}() {}\n`).join('\n')}`,
  })
  const docs = analysis.components.flatMap(({ doc }) => doc ?? [])
  assert.deepEqual(docs.sort(), ['Closer ends.', ...comments.slice(2)].sort())
})
