import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Component } from '#generate/model.ts'
import { orderImplementers } from '#generate/pages/entry/order-implementers.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { analysedSample, pagesOf } from './real-sample.ts'
import { document } from './sample.ts'

const CRATE = {
  'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
  'src/lib.rs': 'pub mod kinds;\npub mod probe;\npub mod run;\npub mod tree;\n',
  'src/tree.rs':
    '/// Makes trees. Currently only used in parser unit tests.\npub trait Tree { fn tree(&self); }\nimpl Tree for crate::kinds::Probe { fn tree(&self) {} }\n',
  'src/kinds.rs': '/// Flies to a body.\npub struct Probe;\n/// Goes around a body.\npub struct Moon;\n',
  'src/run.rs': `/// Starts what was planned.
pub trait Run { fn run(&self); }
impl Run for Vec<u8> { fn run(&self) {} }
#[cfg(test)]
mod tests {
    use super::Run;
    struct Fake;
    impl Run for Fake { fn run(&self) {} }
    struct Other;
    impl Run for Other { fn run(&self) {} }
}
`,
  'src/probe.rs': 'use crate::kinds::Probe;\nuse crate::run::Run;\nimpl Run for Probe { fn run(&self) {} }\n',
}

test('an implementation is one of its type, in whichever file it stands, but types of others are not named; tests implement nothing', async () => {
  const { markdown, verification } = document(await analysedSample(CRATE))
  assert.deepEqual(verification.faults, [])
  const text = [...markdown].flatMap(([path, page]) => (/^(?:src|guide)/.test(path) ? [page] : [])).join('\n')
  const of = (name: string): string => text.split(new RegExp(`^#{2,4} \`${name}\`$`, 'm'))[1]?.split(/^#/m)[0] ?? ''
  assert.match(of('Run'), / · implemented by for example \[`Probe`\]\([^)]*\)$/m)
  assert.match(of('Probe'), /implements for example \[`Run`\]/)
  assert.doesNotMatch(of('Probe'), /`Tree`/)
  assert.doesNotMatch(text, /Fake\b.*extend|implemented by[^\n]*(?:Fake|Other|\.rs`)/)
  const kinds = text.split('## [`kinds.rs`]')[1]?.split('\n## ')[0] ?? ''
  assert.doesNotMatch(kinds, /^uses /m, 'the file of a type does not use the trait')
})

test('bounds are told with the trait that a type has; tuples, parameters and types of others implement none', async () => {
  const { markdown, verification } = document(
    await analysedSample({
      'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
      'src/lib.rs':
        'mod both;\nmod cast;\nmod kinds;\nmod more;\nmod show;\n\n/// Shows.\npub trait Show { fn show(&self); }\n/// A probe.\npub struct Probe;\n',
      'src/both.rs':
        'use std::fmt::Debug;\n\n/// Joins two of a kind.\npub trait Both {}\n\nimpl<A, B> Both for (A, B)\nwhere\n    A: Debug,\n    B: Debug,\n{\n}\n\n/// Holds one beside another.\npub struct Pair<A>(A, A);\n\nimpl<A> Both for Pair<A>\nwhere\n    A: Debug,\n{\n}\n',
      'src/cast.rs': '/// Turns one kind into another.\npub trait Cast {}\nimpl<T> Cast for T {}\n',
      'src/kinds.rs': 'pub struct Moon;\n',
      'src/show.rs':
        'use crate::Show;\n\nimpl<T, E> Show for Result<T, E> { fn show(&self) {} }\nimpl<T> Show for Option<T> { fn show(&self) {} }\n',
      'src/more.rs':
        'use crate::Probe;\nuse std::fmt;\n\nimpl Probe {\n    pub fn go(&self) {}\n}\n\nimpl fmt::Debug for Probe {\n    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { Ok(()) }\n}\n',
    }),
  )
  assert.deepEqual(verification.faults, [])
  const text = [...markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(text, / · implemented by for example `Pair`$/m)
  assert.match(text, /^Struct in both\.rs, [^\n]* · implements for example `Both` \(`where A: Debug`\)$/m)
  assert.doesNotMatch(text, /\(A, B\)|`T\b|(?:Option|Result)</)
})

test('the comment on a macro of Rust is not that on its file, which may be a comment only', async () => {
  const { analysis } = await analysedSample({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs': '#[macro_use]\nmod macros;\nmod other;\npub mod tutorial;\n',
    'src/tutorial.rs': '/*!\nTeaches the rest.\n*/\n',
    'src/macros.rs': '/// Ends early.\n#[macro_export]\n#[cfg(all())]\nmacro_rules! bail {\n    () => {};\n}\n',
    'src/other.rs': '//! Does the rest.\n#![allow(dead_code)]\nfn rest() {}\n',
  })
  assert.deepEqual(
    { ...analysis.fileDocs },
    { 'src/other.rs': 'Does the rest.', 'src/tutorial.rs': 'Teaches the rest.' },
  )
})

test('what delegates, and stand-ins for tests, come behind what does the work', async () => {
  const { markdown, verification } = document(
    await analysedSample({
      'src/Turbine.kt': `package os

/** Waits for what comes in. */
interface Receiver<T> {
  fun receive(): T
}

/** Sends, too. */
interface Turbine<T> : Receiver<T>

class Both<T>(turbine: Turbine<T>) : Receiver<T> by turbine

class MockTurbine : Turbine<Int> {
  override fun receive() = 1
}

class WorkingTurbine : Turbine<Int> {
  override fun receive() = 2
}
`,
    }),
  )
  assert.deepEqual(verification.faults, [])
  const text = [...markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  const implementers = [...text.matchAll(/ · implemented by for example ([^\n·]*)/g)].map(([, names]) => names?.trim())
  assert.deepEqual(implementers, ['`WorkingTurbine`, `MockTurbine`, `Both`', '`WorkingTurbine`, `MockTurbine`'])
})

/** What the lines of facts say of other types, without addresses. */
async function relationsIn(texts: Record<string, string>): Promise<string[]> {
  const { markdown, verification } = document(await analysedSample(texts))
  assert.deepEqual(verification.faults, [])
  const text = [...markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  return [...text.matchAll(/ · ((?:implement|extend)[^\n·]*?)(?= ·|$)/gm)].map(([, words = '']) => words)
}

test('what implements an interface below is told, nothing of what tests are made with', async () => {
  const head = 'package a;\n\n'
  const found = await relationsIn({
    'src/Query.java': `${head}/** Asks a table for rows. */\npublic interface Query { void ask(); }\n`,
    'src/Schema.java': `${head}/** Asks for all. */\npublic interface Schema extends Query {}\n`,
    'src/Table.java': `${head}/** Rows. */\npublic class Table implements Schema { public void ask() {} }\n`,
    'src/plan-testkit/Pure.java': `${head}/** For laws. */\npublic class Pure implements Query { public void ask() {} }\n`,
  })
  assert.deepEqual(
    found.filter((one) => one.includes('implemented by')),
    ['implemented by for example `Table`', 'implemented by for example `Table`'],
  )
  // What implements it itself comes first.
  const more = await relationsIn({
    'src/Query.java': `${head}/** Asks a table for rows. */\npublic interface Query { void ask(); }\n`,
    'src/Schema.java': `${head}/** Asks for all. */\npublic interface Schema extends Query { default void ask() {} }\n`,
    'src/All.java': `${head}/** All. */\npublic class All implements Schema {}\n`,
    'src/Table.java': `${head}/** Rows. */\npublic class Table implements Query { public void ask() { new All(); } }\n`,
  })
  assert.ok(more.includes('implemented by for example `Table`, `All`'), more.join('\n'))
  // At third hand only without others.
  const far = await relationsIn({
    'src/Query.java': `${head}/** Asks a table for rows. */\npublic interface Query { void ask(); }\n`,
    'src/Schema.java': `${head}/** Asks for all. */\npublic interface Schema extends Query {}\n`,
    'src/Deep.java': `${head}/** Asks deeply. */\npublic interface Deep extends Schema {}\n`,
    'src/All.java': `${head}/** All. */\npublic class All implements Deep { public void ask() {} }\n`,
    'src/Table.java': `${head}/** Rows. */\npublic class Table implements Query { public void ask() { new All(); } }\n`,
  })
  assert.deepEqual(
    far.filter((one) => one.includes('implemented by')),
    ['implemented by for example `All`', 'implemented by for example `Table`', 'implemented by for example `All`'],
  )
})

test('that a type of Rust can be printed or copied is not told', async () => {
  const found = await relationsIn({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs':
      'use std::fmt;\n\n/// Says where the burns are.\npub struct Plan;\nimpl fmt::Display for Plan {}\nimpl Clone for Plan {}\nimpl Iterator for Plan {}\n',
  })
  assert.deepEqual(found, ['implements for example `Iterator`'])
})

test('interfaces that are not public are told only without public ones, and if they have members', async () => {
  const found = await relationsIn({
    'src/Base.java': 'package a;\n\n/** Waits. */\npublic interface Base { void wait(int a); }\n',
    'src/Own.java': 'package a;\n\ninterface Own { void own(); }\n',
    'src/Mark.java': 'package a;\n\ninterface Mark {}\n',
    'src/Both.java':
      'package a;\n\n/** Does both. */\npublic class Both implements Base, Own {\n  public void wait(int a) {}\n  public void own() {}\n}\n',
    'src/One.java':
      'package a;\n\n/** Does one. */\npublic class One implements Own, Mark {\n  public void own() {}\n}\n',
  })
  assert.deepEqual(
    found.filter((one) => one.startsWith('implements')),
    ['implements for example `Base`', 'implements for example `Own`'],
  )
})

/** The order of classes that implement the interface `Repo`. */
function ordered(signatures: readonly string[]): readonly string[] {
  const repo = { id: 'Repo', name: 'Repo', kind: 'interface', file: 'a.kt' } as Component
  const classes = signatures.map((signature): [string, Component] => {
    const name = /class (\w+)/.exec(signature)?.[1] ?? ''
    return [name, { id: name, name, signature, kind: 'class', file: 'a.kt', exported: true } as Component]
  })
  const components = new Map([['Repo', repo], ...classes])
  const index = { components, heirs: new Map(), members: new Map(), users: new Map() } as unknown as RepoIndex
  return orderImplementers(
    index,
    repo,
    'implementedBy',
    classes.map(([id]) => id),
  )
}

test('a class that delegates another interface with a longer name does the work itself', () => {
  assert.deepEqual(
    ordered(['class A(r: UserRepo) : UserRepo by r, Repo', 'class B : Repo', 'class C(r: Repo) : Repo by r']),
    ['A', 'B', 'C'],
  )
  assert.deepEqual(ordered(['class A(r: Repo) : Repo by r', 'class B : Repo']), ['B', 'A'])
})

test('types that users cannot import, or should not use, are no examples of what extends one', async () => {
  const base = '/** What flies to a body. */\nexport class Plan {\n  run(): void {}\n}\n'
  const cases: [string, RegExp | undefined][] = [
    [
      '/** Goes near. */\nexport class Near extends Plan {}\nclass Own extends Plan {}\n',
      /extended by for example `Near`$/m,
    ],
    ['/** @internal */\nexport class Inner extends Plan {}\n', undefined],
    ['/** Is old.\n * @deprecated Use Plan. */\nexport class Old extends Plan {}\n', undefined],
    ['class Own extends Plan {}\nexport const own = new Own()\n', undefined],
  ]
  for (const [heirs, shown] of cases) {
    const pages = await pagesOf({
      'package.json': '{"name": "orbit", "exports": "./src/plan.ts"}\n',
      'src/plan.ts': `${base}${heirs}`,
      'src/hidden.ts': "import { Plan } from './plan.ts'\n\nexport class Far extends Plan {}\n",
    })
    const all = [...pages.values()].join('\n')
    if (shown === undefined) assert.doesNotMatch(all, /extended by/, heirs)
    else assert.match(all, shown, heirs)
  }
})

test('many classes that delegate are ordered in time', () => {
  const before = process.cpuUsage()
  assert.equal(ordered(Array.from({ length: 20_000 }, (_, at) => `class C${at}(r: Repo) : Repo by r`)).length, 20_000)
  assert.ok(process.cpuUsage(before).user < 2_000_000)
})

test('markers and abstract classes implement nothing; a method of many is told by its type', async () => {
  const types = ['A', 'B', 'C', 'D'].map((name) => `class ${name} : Plan {\n    override fun run() {}\n}\n`).join('\n')
  const kotlin = await pagesOf({
    'src/Plan.kt': `package orbit\n\n/** What flies to a body. */\ninterface Plan {\n    /** Starts all engines. */\n    fun run()\n}\n\n${types}`,
    'src/Burn.kt':
      'package orbit\n\n/** What an engine does. */\ninterface Burn {\n    /** Starts one engine. */\n    fun go()\n}\n\nabstract class Base : Burn\n\nclass Near : Base() {\n    override fun go() {}\n}\n',
  })
  const all = [...kotlin.values()].join('\n')
  assert.match(all, /^Interface in [^\n]* · implemented by for example `A`, `B`, `C`, `D`$/m)
  assert.doesNotMatch(all, /by `A\.run`/)
  assert.match(all, /^Interface in [^\n]* · implemented by for example `Near`$/m)
  const swift = await pagesOf({
    'Package.swift': 'let package = Package(name: "Orbit", targets: [.target(name: "Orbit")])\n',
    'Sources/Orbit/Plan.swift':
      'public protocol _Sendable {}\n\n/// What flies to a body.\npublic protocol Plan: _Sendable {}\n\n/// What an engine does.\npublic struct Burn: _Sendable {}\n',
  })
  assert.doesNotMatch([...swift.values()].join('\n'), /(?:implements|extends|extended by|implemented by) /)
})

test('a type that helps with another is named with that, and a typed dictionary says what it extends in its head', async () => {
  const pages = await pagesOf({
    'package.json': '{"name": "orbit", "exports": "./src/plan.ts"}\n',
    'src/plan.ts':
      "export type DistributiveOmit<T, K extends keyof any> = T extends any ? Omit<T, K> : never\n/** What a flight needs. */\nexport interface Options {\n  key: string\n  size: number\n}\n/** What flies to a body. */\nexport interface Plan extends DistributiveOmit<Options, 'key'> {\n  name: string\n}\n/** What others need. */\nexport interface Less extends Plan, Omit<Options, 'size'> {\n  at: number\n}\n",
    'orbit/info.py':
      'import typing as t\n\n\nclass Info(t.TypedDict):\n    """What is known of a body."""\n\n    name: str\n\n\nclass Near(Info):\n    """What is known of a moon."""\n\n    size: int\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /^Interface in [^\n]* · extends `DistributiveOmit<Options, …>`/m)
  assert.match(all, /^Interface in [^\n]* · extends `Plan`$/m)
  assert.doesNotMatch(all, /extends `Info`/)
})

test('traits that `impl` blocks state are told, also those of other files; what is derived is quoted', async () => {
  const { markdown, verification } = document(
    await analysedSample({
      'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
      'src/lib.rs':
        'mod more;\nmod old;\n/// Flies to a body.\n#[derive(Clone)]\npub struct Probe;\nunsafe impl Send for Probe {}\n/// Goes around a body.\n#[derive(Clone)]\npub struct Moon;\n',
      'src/more.rs':
        'use crate::Probe;\nimpl Drop for Probe { fn drop(&mut self) {} }\nimpl Drop for &Probe { fn drop(&mut self) {} }\n',
      'src/old.rs':
        'pub struct Probe<T>(T);\nimpl<T> From<Probe<T>> for crate::Probe { fn from(_: Probe<T>) -> Self { crate::Probe } }\nimpl From<u8> for crate::Probe { fn from(_: u8) -> Self { crate::Probe } }\n',
    }),
  )
  assert.deepEqual(verification.faults, [])
  const text = [...markdown.values()].join('\n')
  assert.match(
    text,
    /lib\.rs, line 5\][^\n]* · implements for example \[`Send`\]\([^)]*\), \[`Drop`\]\([^)]*more\.rs#L2\), \[`From<u8>`\]\([^)]*\)$/m,
  )
  // What is derived stands above the head.
  assert.match(text, /^#\[derive\(Clone\)\]\npub struct Probe$/m)
  assert.doesNotMatch(text, /lib\.rs, line 9\][^\n]* · implements/)
})

test('a struct of Go embeds, and what only embeds an implementer makes the list of implementers one of examples', async () => {
  const { markdown } = document(
    await analysedSample({
      'go.mod': 'module example.com/orbit\n',
      'writer.go': `// Package orbit flies.
package orbit

// Writer keeps what comes.
type Writer interface{ Status() int }

// Basic is one.
type Basic struct{ code int }

// Status gives the code.
func (b *Basic) Status() int { return b.code }

// Flush empties it.
type Flush struct{ Basic }

// Wide is a writer with a name.
type Wide interface {
	Writer
	Name() string
}

// Holder has any of them.
type Holder struct{ Wide }
`,
    }),
  )
  const text = [...markdown.values()].join('\n')
  assert.match(text, /implemented by for example \[`Basic`\]/)
  assert.doesNotMatch(text, /implemented by[^\n]*`Holder`/)
  assert.match(text, /embeds \[`Basic`\]/)
  assert.doesNotMatch(text, /extended by|extends \[`Basic/)
})

test('a class of PHP mixes in all the traits that it uses, also those of others', async () => {
  const text = [
    ...(
      await pagesOf({
        'src/Plan.php':
          '<?php\nnamespace Orbit;\n\nuse Far\\Base;\nuse Far\\Searchable;\n\ntrait Named {}\n\n/** Plans flights. */\nclass Plan extends \\Far\\Base\n{\n    use Named;\n    use Searchable;\n\n    /** Goes. */\n    public function go() {}\n}\n',
      })
    ).values(),
  ].join('\n')
  assert.match(text, /mixes in `Named`, `Searchable`/)
  assert.doesNotMatch(text, /mixes in [^\n]*Base/)
})

test('unexported types of Go, which may only happen to have the methods, are no implementers', async () => {
  const text = [
    ...(
      await pagesOf({
        'go.mod': 'module example.com/orbit\n',
        'option.go':
          '// Package orbit flies.\npackage orbit\n\n// Option sets one thing.\ntype Option interface{ apply(int) }\n\ntype optionFunc func(int)\n\nfunc (f optionFunc) apply(n int) { f(n) }\n',
      })
    ).values(),
  ].join('\n')
  assert.match(text, /Interface in [^\n]*option\.go/)
  assert.doesNotMatch(text, /implemented by/)
})

test('bases that users know stand in the order of the source, which decides what is inherited from which', async () => {
  const text = [
    ...(
      await pagesOf({
        'app/pool.py': `class Database:
    """Opens."""
    def init(self, name):
        """Sets the name."""

class Pool(Database):
    """Keeps connections."""
    def init(self, name, size):
        """Sets the size."""

class Bounded(Pool):
    pass

class Lite(Database):
    """One file."""
    def init(self, path):
        """Sets the path."""

class _Shared:
    pass

class PooledDatabase(Bounded, Lite):
    """Keeps connections of a database."""

class Memory(_Shared):
    """Keeps nothing on disk."""
`,
      })
    ).values(),
  ]
    .join('\n')
    .replaceAll(/\]\([^)]*\)/g, ']')
  assert.match(text, /extends `Bounded`, `Lite`$/m)
  assert.match(text, /extends `_Shared`/)
})

test('what is converted to itself is no example of what can be converted', async () => {
  const pages = await pagesOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs':
      '/// Holds a body.\npub struct Body;\n/// Flies to one.\npub struct Probe;\n/// Becomes a body.\npub trait ToBody { fn to_body(&self) -> Body; }\nimpl ToBody for Body { fn to_body(&self) -> Body { Body } }\nimpl ToBody for Probe { fn to_body(&self) -> Body { Body } }\n',
  })
  const text = [...pages.values()].join('\n')
  assert.match(text, /implemented by for example `Probe`$/m)
  assert.doesNotMatch(text, /implemented by[^\n]*`Body`/)
})

test('a Go struct that only embeds an interface embeds it, and implements none that it covers by that', async () => {
  const { markdown, verification } = document(
    await analysedSample({
      'go.mod': 'module example.com/orbit\n\ngo 1.22\n',
      'probe.go': `// Package orbit flies.
package orbit

// Driver drives a probe.
type Driver interface {
	Name() string
	Start(steps int) error
}

// Named is what has a name.
type Named interface{ Name() string }

// Config holds what drives.
type Config struct{ Driver }

// Fly starts the driver of a plan.
func (c *Config) Fly() error { return c.Driver.Start(1) }

// Loud starts with noise.
type Loud struct{ Driver }

// Start makes noise first.
func (l *Loud) Start(steps int) error { return l.Driver.Start(steps) }
`,
    }),
  )
  assert.deepEqual(verification.faults, [])
  const text = [...markdown.values()].join('\n').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(text, /Struct in probe\.go[^\n]* · embeds `Driver`$/m)
  assert.match(text, /Struct in probe\.go[^\n]* · implements `Driver`/)
  assert.doesNotMatch(text, /implements [^\n]*`Named`/)
})
