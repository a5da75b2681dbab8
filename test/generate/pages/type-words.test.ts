import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPackages } from '#generate/manifests/read-packages.ts'
import { surfacesOf } from '#generate/surface/surfaces.ts'
import { analysedSample } from './real-sample.ts'
import { document } from './sample.ts'

/** All pages without the addresses of their links. */
async function pagesOf(texts: Record<string, string>): Promise<Map<string, string>> {
  const { inventory, analysis } = await analysedSample(texts)
  const surfaces = surfacesOf(readPackages(inventory), analysis, inventory.files, 'orbit')
  const { markdown, verification } = document({ inventory, analysis, surfaces })
  assert.deepEqual(verification.faults, [])
  return new Map([...markdown].map(([name, text]) => [name, text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')]))
}

const rowOf = (page: string | undefined, start: string): string =>
  page?.split('\n').find((line) => line.startsWith(`| ${start} |`)) ?? ''

const ORBIT = {
  'package.json': '{"name":"orbit","type":"module","exports":"./src/index.ts"}',
  'README.md': "# Orbit\n\nOrbit plans flights.\n\n```js\nimport Orbit from 'orbit'\n\nnew Orbit()\n```\n",
  'src/index.ts': [
    "import { Heap } from './heap.ts'",
    "import type { Options } from './options.ts'",
    "export { Heap } from './heap.ts'",
    "export type { Options, Limits } from './options.ts'",
    "export type { Store } from './store.ts'",
    '/** Thrown when a flight takes too long. */',
    "export { Late } from 'late'",
    '/** Plans flights to other planets. */',
    'export default class Orbit {',
    '  options: Options',
    '  constructor(options: Options) {',
    '    this.options = {',
    '      queue: Heap,',
    '      ...options,',
    '    }',
    '  }',
    '}',
    '',
  ].join('\n'),
  'src/heap.ts': [
    "import type { Store } from './store.ts'",
    'export class Heap implements Store {',
    '  get(key: string, load: () => string): string { return key + load() }',
    '  grow(): void {}',
    '}',
    '',
  ].join('\n'),
  'src/store.ts':
    'export interface Store {\n  get(key: string, load: () => string): string\n}\nexport interface Row {\n  key: string\n}\n',
  'src/options.ts':
    'export type Options = {\n  /** What flights wait in. */\n  queue?: unknown\n  /** How many fly. */\n  most?: number\n}\nexport type Limits = { low: number, high: number }\n',
}

test('a type without words is told by what it implements and what it offers', async () => {
  const overview = (await pagesOf(ORBIT)).get('overview.md')
  assert.equal(rowOf(overview, 'class `Heap`'), '| class `Heap` | implements `Store` |')
  assert.equal(rowOf(overview, 'interface `Store`'), '| interface `Store` | has `get(key, load)` |')
  assert.equal(rowOf(overview, 'type `Options`'), '| type `Options` | has `queue`, `most` |')
})

test('what a package takes from another one is told in the words above its export', async () => {
  const overview = (await pagesOf(ORBIT)).get('overview.md')
  assert.match(overview ?? '', /\| Late \| Thrown when a flight takes too long\. \(from `late`\) \|/)
})

test('a file without words has no row, and the page of a module begins with its main type', async () => {
  const pages = await pagesOf(ORBIT)
  assert.equal(rowOf(pages.get('src.md'), '`options.ts`'), '')
  assert.match(pages.get('src.md') ?? '', /^# orbit\n\n`src\/` · `Orbit`: Plans flights to other planets\.\n/)
  for (const page of pages.values()) assert.doesNotMatch(page, /^(?:.* · )?(?:uses|used by) [^\n]*\n\n```mermaid/m)
})

test('what only heirs may call is told by what it extends, and a module begins with the interface behind it', async () => {
  const php = (name: string, text: string): string => `<?php\nnamespace Orbit;\n\n${text.replaceAll('NAME', name)}\n`
  const pages = await pagesOf({
    'composer.json': '{"name":"acme/orbit","autoload":{"psr-4":{"Orbit\\\\":"src/"}}}',
    'src/Flyer.php': php(
      'Flyer',
      'interface NAME\n{\n    /** Flies to a planet. */\n    public function fly(string $to): void;\n}',
    ),
    'src/Flyer/Base.php':
      '<?php\nnamespace Orbit\\Flyer;\n\nuse Orbit\\Flyer;\n\n/** @internal */\nabstract class Base implements Flyer\n{\n    public function fly(string $to): void { $this->burn(); }\n    abstract protected function burn(): void;\n}\n',
    'src/Flyer/Slow.php':
      '<?php\nnamespace Orbit\\Flyer;\n\nclass Slow extends Base\n{\n    protected function burn(): void {}\n}\n',
    'src/Flyer/Fast.php':
      '<?php\nnamespace Orbit\\Flyer;\n\nclass Fast extends Base\n{\n    protected function burn(): void {}\n}\n',
    'src/Plan.php': php(
      'Plan',
      'final class NAME\n{\n    public function go(Flyer $by): void { $by->fly("x"); new Flyer\\Slow(); }\n}',
    ),
    'src/Oops.php': php('Oops', 'interface NAME extends \\Throwable\n{\n}'),
    'src/Lost.php': php('Lost', 'class NAME extends \\Exception implements Oops\n{\n}'),
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /interface `Oops` \| implemented by `Lost`/)
  assert.match(all, /class `Lost` \| extends `\\Exception` · implements `Oops` \|/)
})

test('a type of Rust is told by what makes a value of it, then by its methods', async () => {
  const pages = await pagesOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs': [
      'pub struct Plan { many: u32 }',
      'impl Plan {',
      '    pub fn burn(&self, how: u32) -> u32 { self.many + how }',
      '    pub fn with(self, many: u32) -> Self { Plan { many } }',
      '    pub fn open(path: &str) -> Result<Self, ()> { Err(()) }',
      '    pub fn new(many: u32) -> Self { Plan { many } }',
      '}',
      'pub struct Body { mass: u32 }',
      'impl Body {',
      '    pub fn pull(&self, how: u32) -> u32 { how }',
      '    pub fn push(&self, how: u32) -> u32 { how }',
      '    pub fn read(path: &str) -> Result<Body, ()> { Err(()) }',
      '}',
      '',
    ].join('\n'),
  })
  const text = pages.get('overview.md') ?? ''
  assert.match(text, /^\| struct `Plan` \| has `new\(many\)`, `burn\(how\)`, `with\(many\)`, `open\(path\)` \|$/m)
  assert.match(text, /^\| struct `Body` \| has `read\(path\)`, `pull\(how\)`, `push\(how\)` \|$/m)
})

test('bases of one name are told apart by their type arguments', async () => {
  const pages = await pagesOf({
    'src/Orbit/Orbit.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><PackageId>Orbit</PackageId></PropertyGroup></Project>',
    'src/Orbit/Same.cs':
      'namespace Orbit;\npublic class Same : IEqualityComparer, IEqualityComparer<List<Dictionary<int, string>>>, IPlan<int>, IPlan<string> {\n  public int Hash(object one) => 1;\n}\npublic class One : IEqualityComparer<int> {\n  public int Hash(object one) => 1;\n}\n',
    'src/Orbit/IPlan.cs': 'namespace Orbit;\npublic interface IPlan<T> {\n  int Go(T one);\n}\n',
  })
  const text = [...pages.values()].join('\n')
  assert.match(
    text,
    /implements `IEqualityComparer`, `IEqualityComparer<List<Dictionary<int, string>>>`, `IPlan`\s?`<int>`, `IPlan`\s?`<string>`/,
  )
  assert.match(text, /implements `IEqualityComparer`(?!,| `)/)
})

test('what is added to another type is not told by that alone, and any overload of the only method may have words', async () => {
  const pages = await pagesOf({
    'package.json': '{"name":"orbit","type":"module","exports":"./src/index.ts"}',
    'src/index.ts':
      'export type Base = { size: number, mass: number }\nexport type Plan = Base & { low: number, high: number }\nexport type Limits = { low: number, high: number }\n',
  })
  const overview = pages.get('overview.md')
  assert.equal(rowOf(overview, 'type `Limits`'), '| type `Limits` | has `low`, `high` |')
  assert.doesNotMatch(rowOf(overview, 'type `Plan`'), /has/)
  const java = await pagesOf({
    'pom.xml':
      '<project><groupId>org.orbit</groupId><artifactId>orbit</artifactId><version>1.0</version><packaging>jar</packaging></project>',
    'src/main/java/org/orbit/Names.java':
      'package org.orbit;\n\npublic class Names {\n    public static String nameOf(int a) { return nameOf(a, 1); }\n\n    /** Spells the name of a burn in words. */\n    public static String nameOf(int a, int b) { return ""; }\n}\n',
  })
  assert.match([...java.values()].join('\n'), /`Names`[^\n]*Spells the name of a burn in words\./)
})

test('a module is not told by what it has for itself, nor by specialisations of that, where its main types are larger', async () => {
  const inner = Array.from({ length: 6 }, (_, at) => `template <> struct part<${at}> { int get(); };`).join('\n')
  const other = 'struct left { int get(); };\nstruct right { int get(); };\nstruct middle { int get(); };\n'
  const main = `class Parser {\npublic:\n${Array.from({ length: 30 }, (_, at) => `  int go${at}(int how);\n`).join('')}};\n`
  const pages = await pagesOf({
    'include/orbit/orbit.hpp': `#pragma once\nnamespace orbit {\nnamespace details {\ntemplate <int N> struct part { int get(); };\n${inner}\n${other}}\n\n${main}}\n`,
    'README.md': '# Orbit\n\nOrbit parses plans.\n',
  })
  const text = pages.get('overview.md') ?? ''
  // Its only name stands in the public API.
  assert.match(text, /^`orbit::Parser`$/m)
  assert.doesNotMatch(text, /internal|part/)
})

test('a constant beside members that are not named does not describe a class', async () => {
  const main = 'src/main/java/org/orbit'
  const pages = await pagesOf({
    'pom.xml': '<project><groupId>org.orbit</groupId><artifactId>orbit</artifactId></project>\n',
    [`${main}/Base.java`]:
      'package org.orbit;\n\n/** Plans burns. */\npublic class Base {\n  /** Adds one. */\n  public void add(int days) { }\n}\n',
    [`${main}/Safe.java`]:
      'package org.orbit;\n\npublic class Safe extends Base {\n  public static final Object HANDLER = new Object();\n  @Override\n  public void add(int days) {\n    if (days > 1) {\n      throw new Error();\n    }\n    if (days < 0) {\n      throw new Error();\n    }\n    super.add(days);\n  }\n}\n',
    [`${main}/Keys.java`]:
      'package org.orbit;\n\npublic class Keys {\n  public static final int SMALL = 1;\n  public static final int LARGE = 2;\n}\n',
  })
  const all = [...pages.values()].join('\n')
  assert.doesNotMatch(all, /has `HANDLER`/)
  assert.match(all, /has `SMALL`, `LARGE`/)
})

test('what a Ruby module has for itself is not told of the classes that include it', async () => {
  const pages = await pagesOf({
    'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\n  s.files = ["lib/orbit.rb"]\nend\n',
    'lib/orbit.rb':
      'module Orbit\n  module Base\n    class << self\n      def subclasses = []\n    end\n    def self.files = []\n    def draw(at) = at\n  end\n  class Plan\n    include Base\n    def fly(to) = to\n  end\nend\n',
  })
  assert.match(pages.get('overview.md') ?? '', /^\| class `Orbit::Plan` \| has `fly\(to\)`, `draw\(at\)` \|$/m)
})
