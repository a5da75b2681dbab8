/** What the overview tells of what packages show. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RootContent } from 'mdast'
import { readPackages } from '#generate/manifests/read-packages.ts'
import type { FileExport, SourceFile, Surface } from '#generate/model.ts'
import { importLine } from '#generate/pages/public-api/import-lines.ts'
import { sentencesOnNames } from '#generate/pages/readme/sentences-on-names.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { surfacesOf } from '#generate/surface/surfaces.ts'
import { code, type Inline, list, paragraph } from '#markdown/build.ts'
import { analysedSample, overviewOf, pagesOf } from './real-sample.ts'
import { component, document, edge, file, sample } from './sample.ts'

const surface = (names: FileExport[], more: Partial<Surface> = {}): Surface => ({
  ecosystem: 'npm',
  package: 'orbit',
  folder: '',
  isPrivate: false,
  paths: [{ path: 'orbit', language: 'typescript', names }],
  ...more,
})

const plan = file('src/plan.ts', 'export class Plan {}\nexport function draw() {}\nexport function old() {}\n')
const parts = [
  component(plan, 'Plan', { kind: 'class', doc: 'Plans flights to the moon.' }),
  component(plan, 'draw', { kind: 'function', doc: 'Draws a line on the sheet.' }),
  component(plan, 'old', { kind: 'function', doc: '**Deprecated.** Use draw.' }),
]
const names = parts.map(({ name, id }) => ({ name, to: id }))

/** The section without addresses. */
function sectionOf(surfaces: Surface[], readme = ''): string {
  const example = file('examples/a.ts', 'draw()\n')
  const given = sample(
    [plan, example, file('README.md', readme), file('package.json', '{"name":"orbit","main":"src/plan.ts"}')],
    parts,
    [edge(example.path, `${plan.path}#draw`), edge(example.path, `${plan.path}#old`)],
  )
  const { markdown, verification } = document({ ...given, surfaces })
  assert.deepEqual(verification.faults, [])
  const text = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  return /^(?:Install: [^\n]+\n\n)?## Public API\n[\s\S]*?(?=^## )/m.exec(text)?.[0] ?? ''
}

/** For comments that differ in more than a number. */
const WORDS =
  'plan turn land fuel rise fall spin lift drop wait hold push pull mark read sail tack reef moor dock'.split(' ')

test('a package of deprecated names comes last and is not to be installed', () => {
  const old = surface(names.slice(2), {
    package: 'old',
    paths: [{ path: 'old', language: 'typescript', names: names.slice(2) }],
  })
  const text = sectionOf([old, surface(names.slice(0, 2))])
  assert.match(text, /### orbit\n[\s\S]*### old\n\n\| name/)
})

test('a package shows its lines, and the names that documents or examples show, nothing deprecated', () => {
  const text = sectionOf([surface([...names, { name: 'elsewhere', to: null }])])
  assert.match(text, /^`import \{ draw \} from 'orbit'`$/m, 'no document shows an import')
  assert.match(text, /^Install: `npm install orbit`$/m)
  const rows = [...text.matchAll(/^\| (\w+ `\w+`) \| ?(.*?) ?\|$/gm)].map(([, name, what]) => [name, what])
  assert.deepEqual(rows, [['function `draw`', 'Draws a line on the sheet.']])
  assert.doesNotMatch(text, /elsewhere/)
})

test('what documents name in code comes first', () => {
  const readme = '# Orbit\n\n```ts\nimport { Plan } from "orbit"\nnew Plan()\n```\n'
  assert.match(sectionOf([surface(names)], readme), /\| class `Plan` \|.*\n\| function `draw` \|/)
})

test('private packages show nothing, and names of other paths are counted', () => {
  assert.equal(sectionOf([surface(names, { isPrivate: true })]), '')
  const paths = [
    { path: 'orbit', language: 'typescript', names },
    { path: 'orbit/http', language: 'typescript', names: [{ name: 'get', to: null }, ...names] },
  ]
  assert.match(sectionOf([surface([], { paths })]), /^## Public API$/m)
})

test('each language has its own lines', () => {
  const line = (path: string, language: string, name: string, own?: string): string | null =>
    importLine({ path, language, names: [] }, [name], own)
  assert.equal(line('orbit', 'python', 'Plan'), 'from orbit import Plan')
  assert.equal(line('orbit::de', 'rust', 'Plan'), 'use orbit::de::Plan;')
  assert.equal(line('a.b/orbit', 'go', 'Plan'), 'import "a.b/orbit"')
  assert.equal(line('Acme', 'php', 'Plan'), 'use Acme\\Plan;')
  assert.equal(line('Acme', 'php', 'plan'), 'use function Acme\\plan;')
  assert.equal(line('', 'php', 'plan'), null)
  const several = importLine({ path: 'Acme', language: 'php', names: [] }, ['Plan', 'Burn'], undefined)
  assert.equal(several, 'use Acme\\Plan;', 'lists in braces need PHP 7')
  assert.equal(line('Orbit', 'ruby', 'Plan', 'my-orbit'), "require 'my-orbit'")
  assert.equal(line('org.orbit', 'java', 'Plan'), null)
  assert.equal(line('orbit.h', 'c', 'plan'), '#include <orbit.h>')
  assert.equal(line('@a/b-c', 'javascript', 'default'), "import ABC from '@a/b-c'")
  const twice = importLine(
    { path: 'orbit', language: 'javascript', names: [] },
    ['default', 'orbit', 'Plan'],
    undefined,
  )
  assert.equal(twice, "import orbit, { Plan } from 'orbit'", 'a name is imported once')
  assert.equal(
    line('orbit', 'javascript', 'function'),
    "import orbit from 'orbit'",
    'reserved words are no names to import',
  )
  assert.equal(line('3d-view', 'typescript', 'default'), "import _3dView from '3d-view'")
  assert.equal(line('p-queue', 'typescript', 'default', 'PQueue'), "import PQueue from 'p-queue'")
  assert.equal(line('delete', 'javascript', 'default'), "import _delete from 'delete'")
  const types = importLine({ path: 'orbit', language: 'typescript', names: [] }, ['default', 'Plan'], 'Orbit', {
    isOfTypes: true,
  })
  assert.equal(types, "import type { default as Orbit, Plan } from 'orbit'")
})

test('the whole of a module of CommonJS leads, with what it makes', () => {
  const main = file('index.js', 'function upload() {}\n')
  const given = sample(
    [
      main,
      file(
        'README.md',
        "# Upload\n\n```js\nconst up = require('upload')\nup()\n```\n\nSee `upload`, `other` and `Upload`.\n",
      ),
      file('package.json', '{"name":"upload"}'),
    ],
    [
      component(main, 'upload', { kind: 'function', doc: 'Sends a file.' }),
      component(main, 'Upload', { kind: 'class', doc: 'Keeps files in folders.' }),
      component(main, 'Upload.single', { kind: 'method', parent: `${main.path}#Upload` }),
      component(main, 'other', { kind: 'function', doc: 'Sends a folder.' }),
    ],
    [edge(`${main.path}#upload`, `${main.path}#Upload`, { kind: 'instantiates' })],
  )
  const paths = [
    {
      path: 'upload',
      language: 'javascript',
      names: [
        { name: 'export=', to: `${main.path}#upload` },
        { name: 'other', to: `${main.path}#other` },
      ],
    },
  ]
  const { markdown } = document({ ...given, surfaces: [surface([], { package: 'upload', paths })] })
  const text = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(text, /^Install: `npm install upload`$[\s\S]*^`const upload = require\('upload'\)`$/m)
  assert.match(
    text,
    /\| function `upload` \|[^\n]*\n\| function `other` \|[^\n]*\n\| class `Upload` \| Returned by `upload`: Keeps files in folders\. \|/,
  )
})

/** A document that mentions all names of packages several times. */
function manualOf(surfaces: readonly Surface[]): SourceFile {
  const names = surfaces.flatMap(({ paths }) => paths.flatMap((path) => path.names.map(({ name }) => `- \`${name}\``)))
  return file('docs/names.md', `# Names\n\n${`${names.join('\n')}\n`.repeat(4)}`)
}

/** The set of what packages really show, with a document that mentions all names. */
async function exportedOf(texts: Record<string, string>): Promise<ReturnType<typeof document>> {
  const { inventory, analysis } = await analysedSample(texts)
  const surfaces = surfacesOf(readPackages(inventory), analysis, inventory.files, 'orbit')
  const files = [...inventory.files, manualOf(surfaces)]
  return document({ inventory: { ...inventory, files }, analysis, surfaces })
}

/** The section of a repository that is really analysed. */
async function analysedSection(texts: Record<string, string>, isIndex = false): Promise<string> {
  const { markdown, verification } = await exportedOf(texts)
  assert.deepEqual(verification.faults, [])
  // There is no index if the overview has all names.
  const index = isIndex ? markdown.get('public-api.md') : undefined
  const text = (index ?? markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  if (index !== undefined) return text
  return /^(?:Install: [^\n]+\n\n)?## Public API\n[\s\S]*?(?=^## )/m.exec(text)?.[0] ?? ''
}

test('a module of Ruby stands for its methods, unless they are called on it', async () => {
  const section = await analysedSection({
    'orbit.gemspec': 'Gem::Specification.new do |spec|\n  spec.name = "orbit"\n  spec.files = Dir["lib/**/*"]\nend\n',
    'lib/orbit.rb':
      "module Orbit\n  require_relative 'orbit/loading'\n  require_relative 'orbit/tools'\n\n  # Loads.\n  class Loader\n    include Loading\n\n    # Begins.\n    def start\n    end\n  end\n\n  # Plans one.\n  def self.plan\n    Loader.new\n  end\nend\n",
    'lib/orbit/loading.rb': 'module Orbit::Loading\n  # Loads all files.\n  def eager_load\n  end\nend\n',
    'lib/orbit/tools.rb': 'module Orbit::Tools\n  module_function\n\n  # Cuts a sheet.\n  def cut\n  end\nend\n',
  })
  assert.match(section, /\| method `Orbit\.plan` +\| Plans one\./)
  assert.match(section, /\| method `Orbit::Tools\.cut` +\| Cuts a sheet\./)
})

test('what its comment keeps internal is not public, and a type without words has a row', async () => {
  const section = await analysedSection(
    {
      'composer.json': '{"name":"acme/orbit","autoload":{"psr-4":{"Orbit\\\\":"src/"}}}',
      'src/Stream.php':
        '<?php\nnamespace Orbit;\n\n/**\n * Streams.\n *\n * @internal used to read\n */\nfinal class Stream\n{\n    public function read(): int { return 1; }\n}\n',
      'src/Reader.php':
        '<?php\nnamespace Orbit;\n\n/**\n * @method static Reader filter(callable $keep) keeps some\n */\ninterface Reader\n{\n    public function read(): int;\n\n    /** @deprecated use read */\n    public function fetch(): int;\n}\n',
    },
    true,
  )
  assert.doesNotMatch(section, /Stream/)
  assert.match(section, /`Reader`/)
})

test('methods that TomDoc calls internal are not public, and those of ClassMethods are of the class that includes', async () => {
  const section = await analysedSection({
    'orbit.gemspec': 'Gem::Specification.new do |spec|\n  spec.name = "orbit"\nend\n',
    'lib/orbit.rb':
      '# Public: Plans flights. Mix it in.\nmodule Orbit\n  # Internal: Methods of classes.\n  module ClassMethods\n    # Public: Plans all of them.\n    def plan_all\n    end\n\n    # Internal: Counts them.\n    def count_all\n    end\n\n    # Internal\n    def drop_all\n    end\n  end\n\n  # Internal: Hooks in.\n  def self.included(base)\n    base.extend ClassMethods\n  end\nend\n',
  })
  assert.match(section, /\| method `Orbit\.plan_all` +\| Plans all of them\./)
  assert.doesNotMatch(section, /Public:|count_all|drop_all|included/)
})

test('what is named most leads, whatever path of a package has it', async () => {
  const section = await analysedSection({
    'README.md': '# Orbit\n\n```csharp\nservices.Scan(x => x);\n```\n',
    'src/Orbit/Orbit.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><PackageId>Orbit</PackageId></PropertyGroup></Project>',
    'src/Orbit/Plans.cs':
      'namespace Orbit;\n/// <summary>Lists burns in order of time.</summary>\npublic class Plan { public int Go() => 1; }\n',
    'src/Orbit/Extensions.cs':
      'namespace Microsoft.Extensions;\n/// <summary>Finds services by their names.</summary>\npublic static class ServiceExtensions {\n  /// <summary>Scans the services.</summary>\n  public static object Scan(this object services, object action) => services;\n}\n',
    'src/Orbit/INoticeHandler.cs':
      'namespace Orbit;\n/// <summary>Defines a handler for a notice</summary>\npublic interface INoticeHandler\n{\n  /// <summary>Handles a notice</summary>\n  void Handle(string notice);\n}\n',
  })
  assert.match(section, /^\| - \| - \|\n\| class `ServiceExtensions` \| Finds services by their names\. \|$/m)
})

test('a comment of Go that begins with the name of another definition is not said of this one', async () => {
  const { markdown, verification } = await exportedOf({
    'go.mod': 'module example.com/a\n',
    'a.go':
      'package a\n\n// Store is kept in memory here.\ntype Store struct{}\n\n// Store is the version for the cloud.\ntype File struct{ Name string }\n\n// Disk is what spins around.\ntype Drive struct{}\n',
  })
  assert.deepEqual(verification.faults, [])
  const text = markdown.get('overview.md') ?? ''
  assert.match(text, /Store is kept in memory here\./)
  assert.match(text, /Disk is what spins around\./)
  assert.doesNotMatch(text, /version for the cloud/)
})

test('what has no comment is described by the row of the README that begins with its name', async () => {
  const given = await analysedSample({
    'go.mod': 'module example.com/orbit\n',
    'README.md':
      '# Orbit\n\n| Type | Constructor | About |\n| - | - | - |\n| **Disk** | `orbit.NewDisk()` | Reads the real disk. |\n| `Other` | | Is elsewhere. |\n\n- `Plan`: Plans all the flights.\n- `Told`: Is said better in code.\n\nSee `NewDisk` and `Disk`.\n',
    'a.go':
      'package orbit\n\ntype Disk struct{ Size int }\n\nfunc NewDisk() Disk { return Disk{} }\n\nfunc Plan(a int) {}\n\n// Told tells what it is told.\nfunc Told() {}\n',
  })
  const surfaces = surfacesOf(readPackages(given.inventory), given.analysis, given.inventory.files, 'orbit')
  const { markdown, verification } = document({ ...given, surfaces })
  assert.deepEqual(verification.faults, [])
  const text = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(text, /^\| struct `Disk` \| Reads the real disk\. \|$/m)
  assert.match(text, /^\| function `NewDisk` \| Reads the real disk\. \|$/m)
  assert.match(text, /^\| function `Plan` \| Plans all the flights\. \|$/m)
  assert.match(text, /^\| function `Told` \| Told tells what it is told\. \|$/m)
})

test('a bar in a cell of the README does not end it, and code in it describes nothing', async () => {
  const given = await analysedSample({
    'go.mod': 'module example.com/orbit\n',
    'README.md':
      '# Orbit\n\n```sh\n## `Plan`\n\nKeeps everything as it was.\n\n- `Plan`: Keeps it all.\n```\n\n| Function | About |\n| - | - |\n| `Plan` | Joins flights with \\| in between. |\n',
    'a.go': 'package orbit\n\nfunc Plan(a int) {}\n',
  })
  const surfaces = surfacesOf(readPackages(given.inventory), given.analysis, given.inventory.files, 'orbit')
  const { markdown } = document({ ...given, surfaces })
  const text = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(text, /^\| function `Plan` \| Joins flights with \\\| in between\. \|$/m)
})

test('what has no comment is described by the paragraph below the heading of the README that is its name', async () => {
  const given = await analysedSample({
    'package.json': '{"name":"relay","main":"index.js"}',
    'README.md':
      '# Relay\n\nSends all the mail.\n\n## `relay(options)`\n\nMakes a sender of mail\nfrom the options.\n\n### `.single(field)`\n\nSends only one field.\n\n### .each(field)\n\n- Sends it all.\n\n### `.none()`\n\n```js\nrelay().none()\n```\n\nSends nothing at all.\n',
    'index.js':
      '/** Passes calls on to others. */\nfunction Relay (options) {\n  this.size = options.size\n}\nRelay.prototype.single = function (field) {\n  return field\n}\nRelay.prototype.each = function (field) {\n  return field\n}\nRelay.prototype.none = function () {\n  return 1\n}\nfunction relay (options) {\n  return new Relay(options)\n}\nmodule.exports = relay\n',
  })
  const surfaces = surfacesOf(readPackages(given.inventory), given.analysis, given.inventory.files, 'relay')
  const { markdown, verification } = document({ ...given, surfaces })
  assert.deepEqual(verification.faults, [])
  const text = [...markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(text, /^\| function `relay` \| Makes a sender of mail from the options\. \|$/m)
  assert.match(text, /Makes a sender of mail from the options\.\n\n\(from `README\.md`\)/)
  assert.match(text, /^- `single\(field\)`: Sends only one field\. ?/m)
  assert.match(text, /^- `each\(field\)`$/m)
})

test('Kotlin that is hidden or marked as internal is not public, and the JVM has no line of imports', async () => {
  const section = await analysedSection({
    'pom.xml': '<project><groupId>org.orbit</groupId><artifactId>orbit</artifactId></project>',
    'README.md': '# Orbit\n\nAdd `org.orbit:orbit` to the build.\n',
    'src/main/kotlin/Plan.kt':
      'package org.orbit\n\n/** Plans flights, all of them. */\nclass Plan {\n  class Step\n}\n\n/** Draws a plan on the sheet. */\nfun Plan.draw() {}\n\n@Deprecated("Use draw", level = DeprecationLevel.HIDDEN)\nfun Plan.paint() {}\n\n@Deprecated("", level = HIDDEN)\nfun launch(mode: Plan) {}\n\n/** Sends it up. */\nfun launch(mode: Plan, size: Int = 1) {}\n\n@Deprecated("Use launch", level = WARNING)\nfun start(mode: Plan) {}\n\n/** Lights the engine. */\nfun start(mode: Plan, size: Int = 1) {}\n',
    'src/main/kotlin/Own.kt':
      'package org.orbit\n\n@RequiresOptIn(\n  message = "Own.",\n)\nannotation class InternalOrbitApi\n\n@InternalOrbitApi\nclass Engine\n',
  })
  assert.match(section, /extension function `Plan\.draw`[^\n]*Draws a plan on the sheet\./)
  assert.match(section, /function `launch`[^\n]*Sends it up\./)
  assert.match(section, /function `start` \| Lights the engine\./)
  assert.doesNotMatch(section, /import org/)
  assert.doesNotMatch(section, /package org\.orbit\.Plan|paint|Engine|InternalOrbitApi/)
})

test('names of Go from other packages have these before them; helpers of tests have no row; what is deprecated is left out', async () => {
  const values = Array.from({ length: 3 }, (_, n) => `// Value${n} is one of them.\ntype Value${n} struct{}\n`).join(
    '\n',
  )
  const section = await analysedSection({
    'go.mod': 'module example.org/orbit\n',
    'README.md':
      '# Orbit\n\n```go\nimport "example.org/orbit/draw"\n\ndraw.Plan(1)\neast.Turn()\nnorth.Turn()\nwest.Turn()\n```\n',
    'orbit.go': '// Package orbit plans.\npackage orbit\n\n// Plan lists burns in order of time.\ntype Plan struct{}\n',
    ...Object.fromEntries(
      ['east', 'north', 'west'].map((name) => [
        `${name}/${name}.go`,
        `package ${name}\n\n// Turn returns a new middleware.\nfunc Turn() {}\n`,
      ]),
    ),
    'draw/draw.go': `// Package draw draws.\npackage draw\n\n// Plan draws a plan on a sheet.\nfunc Plan(sheet int) {}\n\n// Deprecated: use Plan.\nfunc Aim() {}\n\n${values}`,
    'orbittest/cases.go':
      '// Package orbittest helps tests.\npackage orbittest\n\n// Cases are run as a group.\ntype Cases []int\n',
  })
  assert.match(section, /function `draw\.Plan` \| Plan draws a plan on a sheet\./)
  assert.match(section, /struct `Plan` \| Plan lists burns in order of time\./)
  assert.doesNotMatch(section, /\| \w+ `(?:orbittest\.)?Cases`/)
  assert.doesNotMatch(section, /a new middleware/, 'three packages share this sentence')
  assert.doesNotMatch(section, /Aim/, 'what is deprecated has neither a row without words nor a place in the list')
})

test('what a package exports under other names is told under these, and has all of them', async () => {
  const { markdown, verification, written } = await exportedOf({
    'package.json': '{"name":"orbit","version":"1.0.0","main":"src/index.ts"}',
    'README.md': '# orbit\n\n```ts\nimport { truth, text } from "orbit"\ntruth()\n```\n',
    'src/index.ts':
      "import Late, { create as lateCreate } from './late'\nimport { create } from './truth'\nexport { lateCreate as text, create as bool, create as truth, Late as LateSchema }\nexport type { Mark, Mark as Label } from './late'\n",
    'src/truth.ts':
      '/** Makes a value of truth. */\nexport function create(strict = false): boolean {\n  return strict\n}\n',
    'src/late.ts':
      '/** A text that comes late. */\nexport default class Late {\n  /** Says when. */\n  when(): number {\n    return 1\n  }\n}\n/** Where a text begins. */\nexport interface Mark {\n  at: number\n}\nexport function create(): Late {\n  return new Late()\n}\n',
  })
  assert.deepEqual(verification.faults, [])
  const plain = (name: string): string => (markdown.get(name) ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  const overview = plain('overview.md')
  assert.match(overview, /\| function `truth` \| Makes a value of truth\. \(also exported as `bool`\) \|/)
  assert.match(overview, /\| class `LateSchema` \| A text that comes late\. \|/)
  assert.match(overview, /\| interface `Mark` \| Where a text begins\. \(also exported as `Label`\) \|/)
  assert.doesNotMatch(overview, /`text` \|/)
  const pages = written.pages.map(({ file }) => plain(file)).join('\n')
  assert.match(pages, /^##+ `truth`\n\n```typescript\ntruth\(strict = false\): boolean\n```/m)
  assert.match(pages, /^Function in .* · named `create` in the code · also exported as `bool`/m)
  assert.match(pages, /`LateSchema\.when`/)
  assert.doesNotMatch(pages, /^##+ `create`/m)
})

test('a default export without a name is titled by what its users import', async () => {
  const { markdown, verification, written } = await exportedOf({
    'package.json': '{"name":"orbit","version":"1.0.0","exports":{".":"./src/index.ts","./far-off":"./src/far.ts"}}',
    'README.md': '# orbit\n\n```ts\nimport fly from "orbit"\nfly(1)\n```\n',
    'src/index.ts': "export { default } from './core'\nexport { default as Box } from './box'\n",
    'src/core.ts': '/** Computes the orbit. */\nexport default function (a: number): number {\n  return a\n}\n',
    'src/far.ts': '/** Goes far. */\nexport default (a: number): number => a\n',
    'src/box.ts': '/** Keeps what is sent. */\nexport default class<T> {\n  value?: T\n}\n',
  })
  assert.deepEqual(verification.faults, [])
  const pages = written.pages.map(({ file }) => markdown.get(file) ?? '').join('\n')
  assert.match(pages, /^##+ `fly`\n\n```typescript\nfly\(a: number\): number\n```/m)
  assert.match(pages, /^##+ `farOff`\n\n```typescript\nfarOff\(a: number\): number\n```/m)
  assert.match(pages, /^##+ `Box`\n\n```typescript\nclass Box<T>\n```/m)
  assert.doesNotMatch(pages, /^##+ `default`|in the code/m)
})

test('a public name of Rust has the condition of its definition', async () => {
  const { markdown, verification } = await exportedOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n[features]\nfar = []\nnet = []\n',
    'src/lib.rs':
      '#[cfg(feature = "net")]\nmod net;\nmod near;\n#[cfg(feature = "net")]\npub use net::Host;\n#[cfg(feature = "far")]\n#[allow(deprecated)]\npub use near::{\n    Far,\n};\npub use near::Near;\n',
    'src/net.rs': '/// Names a machine.\npub struct Host;\n',
    'src/near.rs': '/// Goes to the moon.\npub struct Far;\n/// Stays in an orbit.\npub struct Near;\n',
  })
  assert.deepEqual(verification.faults, [])
  const overview = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(overview, /\| struct `Far` \| Goes to the moon\. \|/)
  assert.match(overview, /\| struct `Host` \(`#\[cfg\(feature = "net"\)\]`\) \| Names a machine\. \|/)
  assert.match(overview, /\| struct `Near` \| Stays in an orbit\. \|/)
})

test('names of a path of Rust have the feature that they need', async () => {
  const root = Array.from(
    { length: 20 },
    (_, at) => `/// Reports how to ${WORDS[at]} safely.\npub fn plan_${at}() {}\n`,
  ).join('')
  const index = await analysedSection(
    {
      'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n[features]\nnet = []\n',
      'src/lib.rs': `#[cfg(feature = "net")]\npub mod net;\npub mod near;\n${root}`,
      'src/net.rs': '/// Calls.\npub fn call() {}\n',
      'src/near.rs': '/// Turns.\npub fn turn() {}\n',
    },
    true,
  )
  assert.match(index, /^- `plan_0`: Reports how to plan safely\.$/m)
  assert.match(index, /^## `orbit::near`\n\n### Functions\n\n`turn`$/m)
  assert.match(index, /^## `orbit::net`\n\n### Functions\n\n`call` \(`#\[cfg\(feature = "net"\)\]`\)$/m)
})

test('a path with a default export beside other values has no line that imports the default alone', async () => {
  const textOf = async (index: string): Promise<string> => {
    const given = await analysedSample({
      'package.json': '{"name":"orbit","type":"module","exports":{".":"./index.js","./jsx":"./jsx.js"}}',
      'index.js': 'export function start() {}\n',
      'README.md': '# Orbit\n\n```js\nrender()\n```\n',
      'jsx.js': index,
    })
    const surfaces = surfacesOf(readPackages(given.inventory), given.analysis, given.inventory.files, 'orbit')
    return document({ ...given, surfaces }).markdown.get('overview.md') ?? ''
  }
  const named = 'export function useState() {}\nexport function render() {}\n'
  assert.doesNotMatch(await textOf(`${named}export default { useState, render }\n`), /import \w+ from 'orbit\/jsx'/)
  assert.match(await textOf('export default function render() {}\n'), /import render from 'orbit\/jsx'/)
})

test('a class of C# of the tests, or of another package, is not offered with its namesake', async () => {
  const project =
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><PackageId>NAME</PackageId></PropertyGroup></Project>'
  const { markdown } = await exportedOf({
    'src/Orbit/Orbit.csproj': project.replace('NAME', 'Orbit'),
    'src/Orbit/Plan.cs':
      'namespace Orbit;\n\n/// <summary>Plans burns.</summary>\npublic class Plan { public int Size { get; set; } }\n',
    'tests/Orbit.Tests/Orbit.Tests.csproj': project.replace('NAME', 'Orbit.Tests'),
    'tests/Orbit.Tests/Plan.cs':
      'using Xunit;\nnamespace Orbit.Tests;\n\npublic class Plan { [Fact] public void Fits() { new Orbit.Plan(); } }\n',
  })
  const section = /^## Public API\n[\s\S]*?(?=^## |$(?![\s\S]))/m.exec(markdown.get('overview.md') ?? '')?.[0] ?? ''
  assert.match(section, /`Plan`/)
  assert.doesNotMatch(section, /tests/)
})

test('a name of C that both branches of a condition define has none', async () => {
  const given = await analysedSample({
    'orbit.h':
      '#ifndef ORBIT_H\n#define ORBIT_H\n#if ORBIT_MORE\n#if ORBIT_LINES\n/* Flies one leg of a line. */\ntypedef int (*orbit_handler)(int leg, int line);\n#else\ntypedef int (*orbit_handler)(int leg);\n#endif\n/* Flies more. */\nint orbit_more(int leg);\n#endif\nint orbit_fly(orbit_handler handler);\n#endif\n',
    'orbit.c': '#include "orbit.h"\nint orbit_fly(orbit_handler handler) { return 1; }\n',
    'README.md': '# orbit\n\nPlans legs.\n\n```c\n#include <orbit.h>\norbit_fly(handler);\n```\n',
  })
  const names = ['orbit_handler', 'orbit_more', 'orbit_fly'].map((name) => ({
    name,
    to: `orbit.${name === 'orbit_fly' ? 'c' : 'h'}#${name}`,
  }))
  const paths = [{ path: 'orbit.h', language: 'c', names }]
  const surfaces = [surface([], { ecosystem: null, paths })]
  const inventory = { ...given.inventory, files: [...given.inventory.files, manualOf(surfaces)] }
  const { markdown } = document({ ...given, inventory, surfaces })
  const rowOf = (name: string): string =>
    (markdown.get('overview.md') ?? '')
      .split('\n')
      .find((line) => new RegExp(`^\\| (?:type|function) \\[\`${name}\``).test(line)) ??
    assert.fail(markdown.get('overview.md'))
  assert.doesNotMatch(rowOf('orbit_handler'), /#if/)
  assert.match(rowOf('orbit_more'), /#if ORBIT_MORE/)
})

test('a package that only loads another one beside it does not show the names of that again', async () => {
  const gem = (name: string, more = ''): string =>
    `Gem::Specification.new do |gem|\n  gem.name = "${name}"\n  gem.version = "1.0"\n  gem.summary = "Plans ${name}."\n${more}end\n`
  const overview = await overviewOf(
    {
      'orbit.gemspec': gem('orbit'),
      'orbit-rails.gemspec': gem('orbit-rails', '  gem.add_dependency "orbit", "1.0"\n'),
      'lib/orbit.rb': '# Plans burns of all flights.\nclass Orbit\n  # Plans one burn.\n  def plan(body) = body\nend\n',
      'lib/orbit-rails.rb': 'require "orbit"\n',
    },
    'ruby',
    'require "orbit"\nOrbit.new.plan(1)\n',
  )
  assert.match(overview, /^Install: `gem install orbit`, `gem install orbit-rails`$/m)
  assert.match(overview, /^### orbit\n\n`require 'orbit'`$/m)
  assert.doesNotMatch(overview, /require 'orbit-rails'/, 'no document shows it')
  assert.equal(overview.match(/^\| class `Orbit` \|/gm)?.length, 1)
})

test('what a gem adds at the top is listed without a name of what it is in', async () => {
  const inner = [...'ABCDEFGHIJKLMNOPQRST']
    .map(
      (one) =>
        `module Orbit::Part${one}\n  # Plans ${one} of bodies.\n  class Plan${one}\n    def go(many)\n    end\n  end\nend\n`,
    )
    .join('')
  const text = await overviewOf(
    {
      'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\nend\n',
      'lib/orbit.rb': `${inner}class String\n  def plan(many)\n  end\nend\n`,
    },
    'ruby',
    "require 'orbit'\n",
  )
  // It belongs to the language.
  assert.doesNotMatch(text, /`String`/)
  assert.doesNotMatch(text, /unnamed/)
})

test('a heading of a document describes a function without words, unless several documents have it', async () => {
  const section = await analysedSection({
    'package.json': '{"name":"orbit","type":"module","exports":"./index.js"}',
    'README.md': '# orbit\n\n```js\nplan(1)\n```\n',
    'index.js': 'export function plan(a) {}\nexport function draw(a) {}\nexport function cut(a) {}\n',
    'docs/api.md':
      '# API\n\n## `plan()`\n\nPlans one flight to the moon. More.\n\n```js\nplan(1)\n```\n\n## `draw()`\n\nDraws a plan.\n\n## cut()\n\nTested by: `test/cut.js`\n\n```js\ncut(1)\n```',
    'docs/guide.md': '# Guide\n\n## `draw()`\n\nA drawing is made.\n',
    'CHANGELOG.md': '# Changes\n\n## `cut()`\n\nThe function is now faster.\n',
  })
  assert.match(section, /\| function `plan` \| Plans one flight to the moon\./)
  assert.doesNotMatch(section, /Tested by/, 'a label with a value describes nothing')
})

test('what documents show least, and errors that nothing uses, have no row; a name of another path has one', async () => {
  const module = (name: string): string => `class ${name}:\n    '''Draws ${name} on the whole sheet.'''\n`
  const names = ['Plan', 'Burn', 'Node', 'Line']
  const example = names.map((name) => `from orbit.${name.toLowerCase()} import ${name}\n${name}(1)\n`).join('')
  const section = await overviewOf(
    {
      'setup.py': "from setuptools import setup\nsetup(name='orbit', packages=['orbit'])\n",
      'orbit/__init__.py': '',
      ...Object.fromEntries(names.map((name) => [`orbit/${name.toLowerCase()}.py`, module(name)])),
      'orbit/odd.py': `${module('Odd')}\nclass Late(Exception):\n    '''Tells that it is too late.'''\n`,
      'docs/use.md': '# Use\n\nSee `Odd`, `Late` and `Late`.\n',
    },
    'python',
    example,
  )
  for (const name of names) assert.match(section, new RegExp(`^\\| class \`${name}\` `, 'm'))
  assert.doesNotMatch(section, /^\| class `(?:Odd|Late)`/m)
})

test('a package is required or imported as documents do it', async () => {
  const texts = {
    'package.json': '{"name":"orbit","main":"index.js"}',
    'index.js': '/** Plans one flight. */\nmodule.exports.plan = function plan(to) {}\n',
  }
  const required = "const { plan } = require('orbit')\n\nplan(1)\n"
  assert.match(await overviewOf(texts, 'js', required), /^`const \{ plan \} = require\('orbit'\)`$/m)
  const shown = "import { plan } from 'orbit'\nplan(1)\n"
  assert.match(await overviewOf(texts, 'js', shown), /^`import \{ plan \} from 'orbit'`$/m)
})

test('the import of the example is not repeated where nothing else is said', async () => {
  const crate = { 'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n', 'src/lib.rs': 'pub struct Plan;\n' }
  const shown = 'use orbit::Plan;\n\nlet one = Plan;\n'
  assert.doesNotMatch(await overviewOf(crate, 'rust', shown), /^## Public API/m)
  assert.match(await overviewOf(crate, 'rust', 'use orbit::Plan as Flight;\n'), /^`use orbit::Plan;`$/m)
})

test('an alias of a class is a class, and variables of Go are listed apart from constants', async () => {
  const section = await analysedSection({
    'pyproject.toml':
      '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "orbit"\nversion = "1.0"\n[tool.hatch.build.targets.wheel]\npackages = ["orbit"]\n',
    'orbit/__init__.py': 'from .gui import plan as fly\n\n__all__ = ["fly"]\n',
    'orbit/gui.py': "class Gui:\n    '''Draws plans of flights.'''\n\n\nplan = Gui\n",
  })
  assert.match(section, /\| class `fly` /)
  const values = Array.from({ length: 30 }, (_, at) => `// Size${at} is a size of plans.\nconst Size${at} = ${at}\n`)
  const index = await analysedSection(
    {
      'go.mod': 'module example.com/orbit\n',
      'orbit.go': `// Package orbit flies.\npackage orbit\n\n// Header names what is sent.\nvar Header = "X"\n\n${values.join('\n')}`,
    },
    true,
  )
  assert.match(index, /## Constants\n\n`Size[\s\S]*\n\n## Variables\n\n- `Header`/)
})

test('a heading that a line underlines describes a method, and a sentence in italics is one', async () => {
  const section = await analysedSection({
    'package.json': '{"name":"orbit","type":"module","exports":"./index.js"}',
    'README.md': '# orbit\n',
    'index.js': 'export function plan(a) {}\nexport function draw(a) {}\nexport function cut(a) {}\n',
    'docs/use.md': '# Use\n\n```js\ncut(1)\nplan(1)\ndraw(1)\n```\n',
    'docs/api.md':
      '# API\n\n<a name="plan"></a>plan(to, [from])\n-----------\n\nPlans one flight to the moon. More.\n\n## `draw`\n\n*Paints the curve\nof a flight.*\n',
  })
  assert.match(section, /\| function `plan` \| Plans one flight to the moon\./)
  assert.match(section, /\| function `draw` \| Paints the curve of a flight\./)
  assert.doesNotMatch(section, /\| \w+ `cut`|Also used/)
})

for (const [sentence, isDefinition] of [
  [' creates a flight.', true],
  [' function returns a flight.', true],
  [': a flight.', true],
  [' requires a single API Gateway Resource.', false],
  [' works with all bodies.', false],
  [' is called with a body.', false],
] as const) {
  test(`a sentence ${isDefinition ? 'describes' : 'does not describe'} a name: plan${sentence}`, () => {
    const blocks = [paragraph(code('plan'), sentence)]
    assert.equal(sentencesIn(blocks).has('plan'), isDefinition)
  })
}

function sentencesIn(blocks: readonly RootContent[]): ReturnType<typeof sentencesOnNames> {
  const components = new Map(['plan', 'draw'].map((name) => [name, { name, exported: true }]))
  const guides = new Map([['README.md', { path: 'README.md', blocks }]])
  return sentencesOnNames({ guides: { guides }, repo: { components } } as unknown as Writing)
}

test('a list of events or settings describes no names of definitions', () => {
  const item = (name: string): Inline[] => [code(name), ': Execution has started.']
  assert.ok(sentencesIn([list([item('plan'), item('draw')])]).has('plan'))
  assert.ok(!sentencesIn([list([item('plan'), item('plan end')])]).has('plan'))
  assert.ok(sentencesIn([list([item('orbit.plan'), item('plan end')])]).has('plan'))
})

test('a short comment of its own describes a type before a document does', async () => {
  const section = await analysedSection({
    'package.json': '{"name":"orbit","type":"module","exports":"./index.js"}',
    'README.md': '# orbit\n\n```js\nnew Burn(1)\n```\n',
    'index.js': '/** Represents a lost burn. */\nexport class Burn {}\n',
    'docs/api.md': '# API\n\n## `Burn`\n\nA planner returns one at each node of the flight.\n',
  })
  assert.match(section, /\| class `Burn` \| Represents a lost burn\./)
})

test('words on a method of an instance do not describe a function of that name', async () => {
  const section = (owner: string): Promise<string> =>
    analysedSection({
      'package.json': '{"name":"orbit","type":"module","exports":"./plan/index.js"}',
      'README.md': '# orbit\n\n```js\nfly(1)\n```\n',
      'plan/index.js': 'export function fly(a) {}\nexport class Plan {\n  fly() {}\n}\n',
      'docs/api.md': `# API\n\n## \`${owner}.fly()\`\n\nFlies to the nearest moon.\n`,
    })
  assert.match(await section('orbit'), /Flies to the nearest moon/)
  assert.doesNotMatch(await section('plan'), /Flies to the nearest moon/)
})

test('what a gem does not load is not among its names, unless that is most of it', async () => {
  const part = (name: string): string =>
    `# Plans ${name} of all the bodies.\nclass Orbit::${name}\n  def go(many)\n  end\nend\n`
  const of = (more: Record<string, string>): Promise<string> =>
    overviewOf(
      {
        'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\nend\n',
        'lib/orbit.rb': 'require "orbit/moons"\nmodule Orbit\nend\n',
        'lib/orbit/moons.rb': part('Moons'),
        'lib/orbit/suns.rb': part('Suns'),
        ...more,
      },
      'ruby',
      'Orbit::Moons.new.go(1)\nOrbit::Suns.new.go(1)\n',
    )
  const text = await of({})
  assert.match(text, /`Orbit::Moons` \| Plans/)
  assert.doesNotMatch(text, /`Orbit::Suns` \|/)
  const others = Object.fromEntries(
    ['Ring', 'Comet', 'Belt', 'Dust', 'Gas', 'Ice'].map((name) => [`lib/orbit/${name.toLowerCase()}.rb`, part(name)]),
  )
  assert.match(await of(others), /`Orbit::Suns` \|/)
})

test('of twelve names those have a row of which something is known', async () => {
  const count = 18
  const lines = Array.from(
    { length: count },
    (_, at) => `/** Reports how to ${WORDS[at]} safely. */\nexport function do${at}() {}\n`,
  )
  const section = await analysedSection({
    'package.json': '{"name":"orbit","type":"module","exports":"./index.js"}',
    'README.md': '# orbit\n',
    'index.js': `${lines.join('')}export class Empty {}\n`,
  })
  assert.equal([...section.matchAll(/^\| function `do\d+`/gm)].length, 11)
  assert.doesNotMatch(section, /`Empty`/)
})

test('the other modules of a Python package are those that documents describe, with names that are not counted', async () => {
  const names = Array.from({ length: 6 }, (_, at) => `def part_${at}():\n    """Part ${at}."""\n`).join('')
  const files = {
    'setup.py': "from setuptools import setup\nsetup(name='orbit', packages=['orbit'])\n",
    'orbit/__init__.py': 'def plan():\n    """Plans."""\ndef draw():\n    """Draws."""\ndef cut():\n    """Cuts."""\n',
    'orbit/curried.py': names,
    'orbit/tools.py': 'def raises():\n    """Raises."""\n',
  }
  const plain = await analysedSection(files, true)
  assert.match(plain, /`orbit\.tools`|`import orbit\.tools`/)
  const described = await analysedSection(
    { ...files, 'doc/api.rst': '.. automodule:: orbit.curried\n   :members:\n' },
    true,
  )
  assert.doesNotMatch(described, /orbit\.tools/)
  assert.match(described, /^## `orbit\.curried`$/m)
  assert.match(described, /`part_5`/)
})

test('prose in a document imports no Python program', async () => {
  const files = {
    'setup.py':
      "from setuptools import setup\nsetup(name='orbit', packages=['orbit'], entry_points={'console_scripts': ['orbit=orbit:main']})\n",
    'orbit/__init__.py': 'def plan():\n    """Plans."""\ndef draw():\n    """Draws."""\ndef cut():\n    """Cuts."""\n',
  }
  const pageOf = (text: string): Promise<string> =>
    analysedSection({ ...files, 'README.md': `# orbit\n\n${text}\n` }, true)
  for (const text of ['Satellites are launched from orbit.', 'import orbiter', 'import orbit and white images'])
    assert.equal(await pageOf(text), '', text)
  for (const text of ['import sys, orbit', '>>> from orbit  import plan', 'import orbit as o'])
    assert.match(await pageOf(`\`\`\`python\n${text}\n\`\`\``), /`plan`/, text)
})

test('macros that their header undefines, and members that comments call internal, are not shown', async () => {
  const files = {
    'orbit.h':
      '/// Makes a plan.\n#define ORBIT_PLAN(a) (a)\n#define ORBIT_PART(a) struct a {}\nORBIT_PART(one);\n#undef ORBIT_PART\n/// Draws.\nint draw(int a);\n#define ORBIT_MAX 4\n',
    'CMakeLists.txt': 'project(orbit)\nadd_library(orbit orbit.c)\ninstall(FILES orbit.h DESTINATION include)\n',
    'orbit.c': '#include "orbit.h"\nint draw(int a) { return a; }\n',
  }
  const section = await analysedSection(files, true)
  assert.match(section, /ORBIT_PLAN/)
  assert.doesNotMatch(section, /ORBIT_PART/)
  // A header in the top folder may be copied.
  assert.match(await analysedSection(files), /#include "orbit\.h"/)
  const both = {
    ...files,
    'CMakeLists.txt': files['CMakeLists.txt'].replace('orbit.h', 'orbit.h ship.h'),
    'ship.h': '/// Draws a ship in all its colours.\nint draw_ship(int a);\n',
    'README.md': '# orbit\n\n```c\n#include <orbit/orbit.h>\n```\n',
  }
  assert.match(await analysedSection(both), /#include <orbit\/ship\.h>/)
})

test('types that a comment of JavaScript declares cannot be imported', async () => {
  const section = await analysedSection({
    'package.json': '{"name":"orbit","main":"index.js"}',
    'README.md': '# orbit\n',
    'index.js':
      "/** @typedef {typeof import('./part') & {\n *  app: Plan\n * }} Context */\n\n/** Plans flights. */\nmodule.exports = class Plan {}\nmodule.exports.HttpError = require('http-errors')\n",
    'part.js': '/** Draws. */\nexports.draw = () => {}\n',
  })
  assert.doesNotMatch(section, /Context/)
})

test('a benchmark class is not public, a function with such a name is', async () => {
  const section = await analysedSection({
    'package.json': '{"name":"orbit","type":"module","exports":"./index.ts"}',
    'README.md': '# orbit\n',
    'index.ts':
      '/** Runs all benchmarks. */\nexport function runBenchmark() {}\n/** Measures plans. */\nexport class PlanBenchmark {}\n',
  })
  assert.match(section, /runBenchmark/)
  assert.doesNotMatch(section, /PlanBenchmark/)
})

test('what a package exports is public, also from a file with the name of a benchmark', async () => {
  const methods = Array.from({ length: 9 }, (_, at) => `  do${at}(): void {}\n`).join('')
  const section = await analysedSection({
    'package.json': '{"name":"orbit","type":"module","exports":"./src/index.ts"}',
    'README.md': '# orbit\n',
    'src/index.ts': "export { Bench } from './bench'\nexport { Plan } from './plan'\n",
    'src/bench.ts': '/** Measures how long flights take. */\nexport class Bench {}\n',
    'src/plan.ts': `export class Plan {\n${methods}}\n`,
  })
  assert.match(section, /\| class `Bench` \| Measures how long flights take\. \|/)
})

test('only names of the package itself have rows, not those of another package of the repository', async () => {
  const names = ['burn', 'land', 'rise', 'fall', 'hold']
  const kit = ['wing', 'tail', 'nose', 'gear']
  const texts = {
    'package.json': '{"name":"all","private":true,"workspaces":["packages/*"]}',
    'packages/core/package.json': '{"name":"@orbit/core","version":"1.0.0","main":"./index.ts"}',
    'packages/core/index.ts': names.map((name) => `/** Does ${name} it. */\nexport function ${name}() {}\n`).join(''),
    'packages/kit/package.json':
      '{"name":"@orbit/kit","version":"1.0.0","main":"./index.ts","dependencies":{"@orbit/core":"1.0.0"}}',
    'packages/kit/index.ts': `export * from '@orbit/core'\n${kit.map((name) => `/** Makes a ${name}. */\nexport function ${name}() {}\n`).join('')}`,
    'packages/one/package.json':
      '{"name":"@orbit/one","version":"1.0.0","main":"./index.ts","dependencies":{"@orbit/core":"1.0.0"}}',
    'packages/one/index.ts': "export * from '@orbit/core'\n/** Starts. */\nexport function start() {}\n",
  }
  const text = await overviewOf(texts, 'ts', 'wing(burn())\nstart()\n')
  const part = (name: string): string => text.split(`### ${name}\n`)[1]?.split(/^##/m)[0] ?? ''
  assert.match(part('@orbit/kit'), /`wing`/)
  assert.doesNotMatch(part('@orbit/kit'), /`burn`/)
  assert.match(part('@orbit/one'), /`burn`/)
})

test('a name of another path is shown with that path', async () => {
  const section = await analysedSection({
    'package.json': '{"name":"orbit","type":"module","exports":{".":"./index.js","./far":"./far.js"}}',
    'index.js': '/** Plans flights to the moon. */\nexport function plan() {}\n',
    'far.js': '/** Aims at far bodies. */\nexport function aim() {}\n',
  })
  assert.match(section, /\| function `plan` \| Plans flights to the moon\. \|/)
  assert.match(section, /\| function `aim` \(`orbit\/far`\) \| Aims at far bodies\. \|/)
})

test('no line imports another definition of the same name than the row describes', async () => {
  const page = await analysedSection({
    'README.md': '# Orbit\n\n```rust\nuse orbit::plan;\n\nplan(1);\nplan_with(2);\nplan_from(3);\n```\n',
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs':
      'pub mod fast;\n/// Plans a flight by default rules.\npub fn plan(a: u8) {}\n/// Plans a flight by given rules.\npub fn plan_with(a: u8) {}\n',
    'src/fast.rs':
      '/// Plans a quick flight from a port.\npub fn plan_from(a: u8) {}\n/// Plans a quick flight by other rules.\npub fn plan_with(a: u8, b: u8) {}\n',
  })
  assert.match(page, /^`use orbit::\{plan_with, plan\};` · `use orbit::fast::plan_from;`$/m)
})

test('a row has a sentence that tells something: its own, the next one, that of what it passes on to, or of a document', async () => {
  const section = await analysedSection({
    'setup.py': "from setuptools import setup\nsetup(name='orbit', packages=['orbit'])\n",
    'orbit/__init__.py':
      'class Planner:\n    """Plans all flights."""\n    def fly_all(self):\n        """Flies each one that is due."""\n    def plan_burn(self):\n        """Computes what fuel is left for the Moon."""\n\ndef fly_all():\n    """Calls fly_all on the default planner."""\n    return Planner().fly_all()\n\ndef plan_burn():\n    """plan_burn returns the burns to plan."""\n    return Planner().plan_burn()\n\nclass Route:\n    """Route describes the details of a route. Its legs are in order of time."""\n\nclass Sheet:\n    """Sheet describes the details of a sheet."""\n\ndef cut():\n    pass\n\nplans = Planner()\n',
    'docs/guide.md':
      '# Guide\n\n`cut()` removes all legs behind the last burn. Call it once.\n\nSee `cut` and `plans`.\n',
  })
  const said = (name: string): string | undefined =>
    new RegExp(`^\\| \\w+ \`${name}\` \\| (.*) \\|$`, 'm').exec(section)?.[1]
  assert.equal(said('fly_all'), 'Flies each one that is due.')
  assert.notEqual(said('plan_burn'), 'Computes what fuel is left for the Moon.')
  assert.equal(said('Route'), 'Route describes the details of a route. Its legs are in order of time.')
  assert.equal(said('Sheet'), undefined)
  assert.equal(said('plans'), undefined, 'what is said of its class is not said of it')
})

test('of the functions of one name in several headers the plain one has a row, and a comment on the code is no description', async () => {
  const section = await analysedSection({
    'include/orbit/a.h':
      '#include <string>\nnamespace orbit {\nstruct style { int x; };\n/** Draws a plan in a style. */\ninline void draw(style s, std::string plan) {}\n}\n',
    'include/orbit/b.h':
      '#include <string>\nnamespace orbit {\n/** Draws a plan as text. */\ninline void draw(std::string plan) {}\n/** A separate type would result in longer names. */\nstruct plan_args { int y; };\n}\n',
  })
  assert.match(section, /\| function `orbit::draw`[^|]*\| Draws a plan as text\. \|/)
  assert.doesNotMatch(section, /in a style|would result/)
})

test('the module that a name is imported from is no mention of the function with its name', async () => {
  const section = await analysedSection({
    'pyproject.toml': '[project]\nname = "orbit"\nversion = "1.0"\n[build-system]\nrequires = []\n',
    'orbit/__init__.py': '',
    'orbit/plan.py': 'class Plan:\n    """Lists burns in order of time."""\n\n    def run(self):\n        pass\n',
    'orbit/parts.py':
      'def plan():\n    """Finds the burns of the current flight."""\n\n\ndef draw():\n    """Draws a line on the sheet."""\n',
    'README.md': `# Orbit\n\n\`\`\`python\n${'from orbit.plan import Plan\n'.repeat(7)}parts.draw()\n\`\`\`\n`,
  })
  assert.match(section, /function `draw`/)
  assert.doesNotMatch(section, /function `plan`/)
})

test('a variant is no mention of the type of its name, and a type has no row for its declaration', async () => {
  const { markdown } = await exportedOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n[lib]\n',
    'src/lib.rs':
      '/// What is done with two plans.\npub enum Step { Binary, Other }\n/// The opaque result of a step of two plans.\npub struct Binary { pub x: u8 }\npub struct Bare<T: Clone> { pub y: T }\n',
    'README.md': '# Orbit\n\n```rust\nuse orbit::Step;\nmatch step { Step::Binary => 1, Step::Other => 2 }\n```\n',
  })
  const overview = markdown.get('overview.md') ?? ''
  assert.match(overview, /use orbit::\{?[^`]*Step/)
  assert.doesNotMatch(overview, /`pub struct Bare/)
})

test('a crate that is for its program is no library unless a document or an example uses it', async () => {
  const texts = {
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs': '/// Plans the whole flight.\npub fn plan(body: &str) {}\n',
    'src/main.rs': 'fn main() {\n    orbit::plan("Mars");\n}\n',
    'README.md': '# Orbit\n\nSee `plan`.\n',
  }
  assert.equal(await analysedSection(texts), '')
  assert.match(await overviewOf(texts, 'rust', 'orbit::plan("Mars");\n'), /Plans the whole flight\./)
})

test('PHP has a line for each row; a type that says what its name says has none', async () => {
  const texts = {
    'composer.json': '{"name":"acme/orbit","autoload":{"psr-4":{"Orbit\\\\":"src/"}}}',
    'src/Plan.php':
      '<?php\nnamespace Orbit;\n\n/** Keeps all burns of a flight. */\nclass Plan\n{\n    public function read(): int { return 1; }\n}\n',
    'src/PlanBase.php':
      '<?php\nnamespace Orbit;\n\n/** Default implementation of IPlanBase. */\nclass PlanBase\n{\n    public function read(): int { return 1; }\n}\n',
    'src/Way.php':
      '<?php\nnamespace Orbit;\n\n/** Leads flights to Mars. */\nclass Way\n{\n    public function read(): int { return 1; }\n}\n',
  }
  const overview = await overviewOf(texts, 'php', 'new Plan();\nnew PlanBase();\nnew Way();\n')
  assert.match(overview, /\n`use Orbit\\Plan;`\n/)
  assert.doesNotMatch(overview, /Default implementation/)
})

test('without documents, types with tests of their own and many methods lead; settings and errors have no row', async () => {
  const classOf = (name: string, methods: readonly string[], base = ''): string =>
    `<?php\nnamespace Orbit;\n\nclass ${name}${base}\n{\n${methods.map((one) => `    public function ${one}(): int { return 1; }\n`).join('')}}\n`
  const testOf = (...names: string[]): string =>
    `<?php\nuse PHPUnit\\Framework\\TestCase;\n${names.map((name) => `use Orbit\\${name};\n`).join('')}class X extends TestCase { function testIt() { ${names.map((name) => `new ${name}();`).join(' ')} } }\n`
  const overview = await overviewOf(
    {
      'composer.json': '{"name":"acme/orbit","autoload":{"psr-4":{"Orbit\\\\":"src/"}}}',
      'src/Config.php': classOf('Config', ['read', 'write', 'merge']),
      'src/Lost.php': classOf('Lost', ['because', 'at', 'near'], ' extends \\RuntimeException'),
      'src/Planner.php': classOf('Planner', WORDS.slice(0, 6)),
      'src/Burn.php': classOf('Burn', WORDS.slice(10, 13)),
      'tests/PlannerTest.php': testOf('Planner', 'Burn', 'Config', 'Lost'),
      ...Object.fromEntries(['A', 'B', 'C'].map((one) => [`tests/${one}Test.php`, testOf('Burn', 'Config', 'Lost')])),
    },
    'php',
    '',
  )
  assert.match(overview, /\n`use Orbit\\Planner;`\n/)
  assert.match(overview, /class `Planner` [^\n]*\n\| class `Burn`/)
  assert.doesNotMatch(overview, /class `(?:Config|Lost)`/)
})

test('the methods of base classes are named in a row if a type has hardly any others', async () => {
  const methods = (names: readonly string[], body: string): string =>
    names.map((one) => `    public function ${one}(): int${body}\n`).join('')
  const overview = await overviewOf(
    {
      'composer.json': '{"name":"acme/orbit","autoload":{"psr-4":{"Orbit\\\\":"src/"}}}',
      'src/Adapter.php': `<?php\nnamespace Orbit;\n\nclass Adapter\n{\n${methods(WORDS.slice(0, 4), ' { return 0; }')}}\n`,
      'src/Moon.php': `<?php\nnamespace Orbit;\n\nclass Moon extends Adapter\n{\n${methods(WORDS.slice(0, 5), ' { return 1; }')}}\n`,
    },
    'php',
    'new Moon();\n',
  )
  assert.match(overview, /class `Moon` \| `rise\(\)`, `plan\(\)`/)
})

test('what documents of a program only mention has no row, nor has a second function with the words of the first', async () => {
  const rows = async (programs: string, lang: string, code: string): Promise<number> => {
    const overview = await overviewOf(
      {
        'setup.py': `from setuptools import setup\nsetup(name='orbit', packages=['orbit']${programs})\n`,
        'orbit/__init__.py':
          'def leg_check():\n    """Checks for indented legs."""\n\n\ndef way_check():\n    """Checks for indented legs."""\n\n\nclass Planner:\n    """Plans flights to Mars."""\n',
        'orbit/run.py': 'def main():\n    pass\n',
      },
      lang,
      code,
    )
    return overview.split(/Checks for indented legs\.|Plans flights to Mars\./).length - 1
  }
  const program = ", entry_points={'console_scripts': ['orbit=orbit.run:main']}"
  const called = 'from orbit import leg_check, way_check\n\nleg_check()\nway_check()\n'
  assert.equal(await rows('', 'yaml', 'Planner: true\n'), 1)
  assert.equal(await rows(program, 'yaml', 'Planner: true\n'), 0)
  assert.equal(await rows(program, 'python', called), 1)
})

test('what the comment calls internal of a parameter is public; beside `__all__` only what other lists have, or documents name from its module', async () => {
  const section = await analysedSection(
    {
      'setup.py':
        "from setuptools import setup\nsetup(name='orbit', packages=['orbit'], entry_points={'console_scripts': ['orbit=orbit.run:main']})\n",
      'orbit/__init__.py': '__all__ = ("plan", "draw")\n\nfrom .core import draw, plan\n',
      'orbit/core.py':
        'def plan(legs, seen=None):\n    """Plans all flights.\n\n    - **legs**: The legs.\n    - **seen**: Only for internal use.\n    """\n\n\ndef draw():\n    """Draws all flights."""\n',
      'orbit/hooks.py':
        'def fire():\n    """Fires at each commit."""\n\n\ndef entry():\n    """Enters all orbits."""\n',
      'orbit/extra/map.py':
        '__all__ = ["route"]\n\ndef route():\n    """Routes all flights."""\n\n\ndef turn():\n    """Turns."""\n',
      'orbit/run.py': 'def main():\n    pass\n',
      'README.md':
        '# orbit\n\n```python\nfrom orbit import plan\nfrom orbit.hooks import fire\n\nplan([])\nfire()\n```\n\nSet `entry` in the file.\n',
    },
    true,
  )
  for (const name of ['plan', 'draw', 'fire', 'route']) assert.match(section, new RegExp(`\`${name}\``), name)
  assert.doesNotMatch(section, /`(?:entry|turn)`/)
})

test('the library of a program has no section if there is no word on its names', async () => {
  const files = {
    'Package.swift':
      'let package = Package(\n  name: "Orbit",\n  products: [\n    .executable(name: "orbit", targets: ["Main"]),\n    .library(name: "Kit", targets: ["Kit"]),\n  ],\n  targets: [.target(name: "Kit")]\n)\n',
    'Sources/Kit/Ship.swift': 'public struct Ship {\n  public func go() {}\n}\n',
    'Sources/Kit/Dock.swift': 'public struct Dock {\n  public func go() {}\n}\n',
  }
  const overviewWith = async (texts: Record<string, string>): Promise<string> =>
    (await pagesOf(texts)).get('overview.md') ?? ''
  assert.doesNotMatch(await overviewWith(files), /import Kit/)
  const alone = { ...files, 'Package.swift': files['Package.swift'].replace(/ +\.executable.*\n/, '') }
  assert.match(await overviewWith(alone), /^`import Kit`$/m)
})

test('a crate that cannot be published, or that others need by a path only, has no lines for users unless a document does', async () => {
  const crate = (name: string, more = ''): string => `[package]\nname = "${name}"\nversion = "1.0.0"\n${more}`
  const texts = {
    'Cargo.toml': '[workspace]\nmembers = ["plan", "burn"]\n',
    'plan/Cargo.toml': crate('orbit-plan'),
    'plan/src/lib.rs': '/// Plans the whole flight.\npub fn plan(body: &str) {}\n',
    'burn/Cargo.toml': crate('orbit-burn', '[dependencies]\norbit-plan = { path = "../plan" }\n'),
    'burn/src/lib.rs': '/// Burns for some time.\npub fn burn(body: &str) {}\n',
    'README.md': '# Orbit\n\nSee `plan` and `burn`.\n',
  }
  const section = await analysedSection(texts)
  assert.match(section, /Plans the whole flight\./)
  assert.doesNotMatch(section, /cargo add|`use orbit/)
  const shown = await analysedSection({ ...texts, 'README.md': `${texts['README.md']}\nhttps://docs.rs/orbit-plan/\n` })
  assert.match(shown, /use orbit_plan/)
  assert.doesNotMatch(shown, /orbit.burn`|use orbit_burn/)
  const versioned = 'orbit-plan = { path = "../plan", version = "1" }'
  const published = { ...texts, 'burn/Cargo.toml': crate('orbit-burn', `[dependencies]\n${versioned}\n`) }
  assert.match(await analysedSection(published), /use orbit_burn/)
})
