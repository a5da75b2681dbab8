import assert from 'node:assert/strict'
import { describe, it, test } from 'node:test'
import { rust } from '#generate/analyse/languages/rust/rust.ts'
import { type Analysed, analyseTexts } from './analyse-texts.ts'

const CARGO = '[package]\nname = "my-lib"\n'
const read = (texts: Readonly<Record<string, string>>): Promise<Analysed> =>
  analyseTexts([rust], { 'Cargo.toml': CARGO, ...texts })

describe('components of Rust', () => {
  it('have kind, signature, doc comment, span and visibility', async () => {
    const { component, analysis } = await read({
      'src/lib.rs': `//! What it is for.

pub mod inner {
    pub fn deep() {}
}

/// A box of [\`T\`].
///
/// \`\`\`
/// # use my_lib::Box2;
/// Box2::new();
/// \`\`\`
#[derive(Debug)]
pub struct Box2<T> {
    pub item: T,
    size: usize,
}

pub enum Side { Left, Right(u8) }

pub trait Shape {
    const SIDES: usize;
    fn area(&self) -> f64;
}

impl<T> Box2<T> {
    pub(crate) fn new(item: T) -> Self { todo!() }
}

impl<T> Shape for Box2<T> {
    const SIDES: usize = 4;
    fn area(&self) -> f64 { 0.0 }
}

pub(crate) const LIMIT: u8 = 3;
static NAME: &str = "x";
#[macro_export]
macro_rules! twice { ($a:expr) => { $a; $a } }
`,
    })
    const box = component('src/lib.rs#Box2')
    assert.deepEqual(
      [box.kind, box.signature, box.startLine, box.endLine, box.exported],
      ['struct', 'pub struct Box2<T>', 14, 17, true],
    )
    assert.equal(box.doc, 'A box of `T`.\n\n```rust\nBox2::new();\n```')
    assert.deepEqual(
      ['inner', 'inner.deep', 'Box2.item', 'Box2.size', 'Side.Right', 'Shape.area', 'Box2.new', 'Box2.area', 'LIMIT']
        .concat(['NAME', 'twice'])
        .map((name) => {
          const { kind, visibility, exported } = component(`src/lib.rs#${name}`)
          return `${name} ${kind} ${visibility} ${exported}`
        }),
      [
        'inner namespace public true',
        'inner.deep function public true',
        'Box2.item field public true',
        'Box2.size field private false',
        'Side.Right constant public true',
        'Shape.area method public true',
        'Box2.new method internal false',
        'Box2.area method public true',
        'LIMIT constant internal false',
        'NAME constant private false',
        'twice macro public true',
      ],
    )
    assert.equal(analysis.fileDocs['src/lib.rs'], 'What it is for.')
  })
})

const heads = {
  'an attribute of the crate': ['#![no_std]\n\n//! Keeps things.\n\npub fn a() {}\n', 'Keeps things.'],
  'a licence and an attribute': ['// Copyright\n#![no_std]\n//! Keeps things.\nuse a::b;\n', 'Keeps things.'],
  'attributes with arguments in several lines': [
    '#![doc(test(\n    no_crate_inject,\n    attr(deny(warnings))\n))]\n#![no_std]\n\n//! Keeps things.\n\nextern crate a;\n',
    'Keeps things.',
  ],
  'a licence directly above': ['// SPDX-License-Identifier: MIT\n//! Keeps things.\nuse a::b;\n', 'Keeps things.'],
  'an attribute, directly above an item': [
    '#![no_std]\n//! Keeps things.\npub fn a() {}\npub mod b {}\n',
    'Keeps things.',
  ],
  nothing: ['//! Keeps things.\npub fn b() {}\n', 'Keeps things.'],
  'an attribute, and none': ['#![no_std]\n\n/// Plans.\npub fn a() {}\n', undefined],
} as const
for (const [title, [text, doc]] of Object.entries(heads))
  test(`the documentation of a crate is found below ${title}`, async () => {
    const { analysis } = await read({ 'src/lib.rs': text })
    assert.equal(analysis.fileDocs['src/lib.rs'], doc)
    const wrong = analysis.components.filter((one) => one.doc === 'Keeps things.')
    assert.deepEqual(wrong, [])
  })

test('a comment on an attribute does not part the documentation from its item', async () => {
  const { component } = await read({
    'src/lib.rs':
      '/// Plans.\n#[doc(alias = "x")] // why\n#[inline]\npub fn a() {}\n\n/// Burns.\n#[derive(Debug)] /* why */\npub struct B;\n\npub fn c() {} // of c\npub fn d() {}\n',
  })
  const docs = ['a', 'B', 'd'].map((name) => component(`src/lib.rs#${name}`).doc)
  assert.deepEqual(docs, ['Plans.', 'Burns.', null])
})

describe('names of Rust', () => {
  it('are found through modules, use, globs, aliases and re-exports', async () => {
    const { from, edges } = await read({
      'src/lib.rs':
        'mod a;\nmod b;\n#[path = "odd/place.rs"]\nmod c;\npub use a::{one, sub::two as second};\npub use b::*;\n',
      'src/a.rs': 'pub mod sub;\npub fn one() { self::sub::two(); }\n',
      'src/a/sub.rs': 'pub fn two() { super::one(); crate::c::odd(); }\n',
      'src/b/mod.rs': 'pub fn three() {}\n',
      'src/odd/place.rs': 'pub fn odd() {}\n',
      'src/main.rs':
        'use my_lib::{one, second};\nfn main() { one(); second(); my_lib::three(); elsewhere::three(); }\n',
    })
    assert.deepEqual(from('src/main.rs#main'), [
      'src/main.rs#main -calls-> src/a.rs#one (import)',
      'src/main.rs#main -calls-> src/a/sub.rs#two (import)',
      'src/main.rs#main -calls-> src/b/mod.rs#three (import)',
    ])
    assert.deepEqual(
      from('src/a/sub.rs#two').filter((edge) => edge.includes('-calls->')),
      ['src/a/sub.rs#two -calls-> src/a.rs#one (package)', 'src/a/sub.rs#two -calls-> src/odd/place.rs#odd (import)'],
    )
    assert.deepEqual(
      edges.filter((edge) => edge.startsWith('src/lib.rs -imports->')),
      [
        'src/lib.rs -imports-> src/a.rs (import)',
        'src/lib.rs -imports-> src/a/sub.rs (import)',
        'src/lib.rs -imports-> src/b/mod.rs (import)',
        'src/lib.rs -imports-> src/odd/place.rs (import)',
      ],
    )
  })

  it('of another crate of the workspace are found by its name', async () => {
    const { from } = await read({
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
      'crates/core-x/Cargo.toml': '[package]\nname = "core-x"\n',
      'crates/core-x/src/lib.rs':
        'pub struct Thing;\nimpl Thing { pub fn make() -> Thing { Thing } pub fn go(&self) {} }\n',
      'crates/app/Cargo.toml': '[package]\nname = "app"\n[dependencies]\ncore-x = { path = "../core-x" }\n',
      'crates/app/src/main.rs': 'fn main() { core_x::Thing::make().go(); }\n',
    })
    assert.deepEqual(from('crates/app/src/main.rs#main'), [
      'crates/app/src/main.rs#main -calls-> crates/core-x/src/lib.rs#Thing.go (receiver-type)',
      'crates/app/src/main.rs#main -calls-> crates/core-x/src/lib.rs#Thing.make (receiver-type)',
      'crates/app/src/main.rs#main -uses-type-> crates/core-x/src/lib.rs#Thing (package)',
    ])
  })

  it('of modules on a path are no use of the file that announces them', async () => {
    const { from } = await read({
      'src/main.rs': 'mod flags;\nmod search;\nfn main() { search::go(); }\n',
      'src/flags.rs': 'pub fn parse() {}\n',
      'src/search.rs': 'use crate::flags;\npub fn go() { flags::parse(); crate::flags::parse(); }\n',
    })
    assert.deepEqual(from('src/search.rs#go'), ['src/search.rs#go -calls-> src/flags.rs#parse (import)'])
  })

  it('of the module around are not seen in a module without use', async () => {
    const { from } = await read({
      'src/lib.rs': `mod other;
fn helper() {}
mod a {
    use crate::other::helper;
    fn f() { helper(); }
}
mod b {
    use elsewhere::*;
    fn f() { helper(); }
}
#[cfg(test)]
mod tests {
    use super::*;
    fn t() { helper(); }
}
`,
      'src/other.rs': 'pub fn helper() {}\n',
    })
    assert.deepEqual(from('src/lib.rs#a.f'), ['src/lib.rs#a.f -calls-> src/other.rs#helper (import)'])
    assert.deepEqual(from('src/lib.rs#b.f'), [])
    assert.deepEqual(from('src/lib.rs#tests.t'), ['src/lib.rs#tests.t -calls-> src/lib.rs#helper (import)'])
  })

  it('of macros are no functions, and those in their brackets are found', async () => {
    const { from } = await read({
      'src/lib.rs': `#[macro_use]
mod macros;
fn write() {}
fn shown() -> u8 { 1 }
fn f(mut out: String) {
    write!(out, "{}", shown());
    ours!(shown);
}
`,
      'src/macros.rs': 'macro_rules! ours { ($a:expr) => { $a } }\n',
    })
    assert.deepEqual(from('src/lib.rs#f'), [
      'src/lib.rs#f -calls-> src/lib.rs#shown (same-file)',
      'src/lib.rs#f -calls-> src/macros.rs#ours (package)',
    ])
  })

  it('in the brackets of macros of the repository are calls where they read like arguments', async () => {
    const { analysis, from } = await read({
      'src/lib.rs': `macro_rules! attempt { ($a:expr) => { $a } }
macro_rules! arms { ($a:pat => $b:expr) => { $b } }
struct Walk;
impl Walk {
    fn push(&mut self, at: u8) -> u8 { at }
    fn pop(&mut self) -> u8 { 0 }
    fn both(&mut self) {
        attempt!(self.push(1));
        let _ = attempt!(Some(self.pop()).map(|one| one + 1));
    }
    fn kept(&mut self) {
        arms!(Some(_) => 1);
        arms!(next, Some(one) if one > 1);
        attempt!({ let a = 1; a });
        self.pop();
    }
}
attempt!(Walk);
fn after(mut walk: Walk) { walk.pop(); }
`,
    })
    assert.deepEqual(from('src/lib.rs#Walk.both'), [
      'src/lib.rs#Walk.both -calls-> src/lib.rs#Walk.pop (receiver-type)',
      'src/lib.rs#Walk.both -calls-> src/lib.rs#Walk.push (receiver-type)',
      'src/lib.rs#Walk.both -calls-> src/lib.rs#attempt (same-file)',
    ])
    assert.deepEqual(analysis.reports[0]?.failed, [])
    assert.ok(from('src/lib.rs#Walk.kept').includes('src/lib.rs#Walk.kept -calls-> src/lib.rs#arms (same-file)'))
    assert.ok(from('src/lib.rs#after').includes('src/lib.rs#after -calls-> src/lib.rs#Walk.pop (receiver-type)'))
  })

  it('of one thing for several systems lead to that for Linux', async () => {
    const { from } = await read({
      'src/lib.rs': 'mod sys;\nfn f() { sys::open(); }\nfn g(t: sys::T) { t.m(); }\n',
      'src/sys.rs':
        '#[cfg(windows)]\npub fn open() {}\n\n#[cfg(all(unix, not(target_os = "macos")))]\npub fn open() {}\npub struct T;\nimpl T {\n    #[cfg(windows)]\n    pub fn m(&self) {}\n    #[cfg(unix)]\n    pub fn m(&self) {}\n}\n',
    })
    assert.ok(from('src/lib.rs#f').includes('src/lib.rs#f -calls-> src/sys.rs#open~2 (import)'))
    assert.ok(from('src/lib.rs#g').includes('src/lib.rs#g -calls-> src/sys.rs#T.m~2 (receiver-type)'))
  })

  it('of a type that is declared for each system, members for other systems belong to the declaration for those', async () => {
    const { from, analysis } = await read({
      'src/lib.rs': 'mod git;\nmod sys;\nfn g() { git::open(); }\n',
      'src/sys.rs':
        '#[cfg(unix)]\npub struct Owner { a: u8 }\n#[cfg(windows)]\npub struct Owner { b: u32 }\nimpl Owner {\n    #[cfg(windows)]\n    pub fn only(&self) {}\n    pub fn all(&self) {}\n}\n',
      'src/git.rs': '#[cfg(feature = "no-git")]\npub fn open() {}\n#[cfg(not(feature = "no-git"))]\npub fn open() {}\n',
    })
    const parentOf = (id: string): string | null | undefined => analysis.components.find((one) => one.id === id)?.parent
    assert.equal(parentOf('src/sys.rs#Owner.only'), 'src/sys.rs#Owner~2')
    assert.equal(parentOf('src/sys.rs#Owner.all'), 'src/sys.rs#Owner')
    // A feature that leaves something out is off.
    assert.ok(from('src/lib.rs#g').includes('src/lib.rs#g -calls-> src/git.rs#open~2 (import)'))
  })

  it('of one thing in a module for each system, re-exported by globs, lead to that for Linux', async () => {
    const { from } = await read({
      'src/lib.rs': `mod process;
use process::Info;
fn show(info: Info, other: process::Only) {}
`,
      'src/process.rs': `#[cfg(target_os = "freebsd")]
mod freebsd;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "freebsd")]
pub use self::freebsd::*;
#[cfg(target_os = "linux")]
pub use self::linux::*;
`,
      'src/process/freebsd.rs': 'pub struct Info;\npub struct Only;\n',
      'src/process/linux.rs': 'pub struct Info;\n',
    })
    assert.deepEqual(from('src/lib.rs#show'), [
      'src/lib.rs#show -uses-type-> src/process/freebsd.rs#Only (import)',
      'src/lib.rs#show -uses-type-> src/process/linux.rs#Info (import)',
    ])
  })

  it('of included files are those of the module that includes them', async () => {
    const { from, edges } = await read({
      'build.rs': 'include!("src/options.rs");\nfn main() { parse() }\n',
      'src/main.rs': `mod column;
mod columns;
mod options;
use columns::Pid;
fn main() { columns::all(); Pid.add(); options::parse() }
`,
      'src/options.rs': 'pub fn parse() {}\n',
      'src/column.rs': 'pub trait Column { fn add(&self); }\n',
      'src/columns.rs': `use crate::column::Column;
#[cfg(target_os = "freebsd")]
include!("./columns/freebsd.rs");
#[cfg(target_os = "linux")]
include!("./columns/linux.rs");
fn first(one: &dyn Column) { all() }
`,
      'src/columns/linux.rs': `pub mod pid;
pub use self::pid::Pid;
pub fn all() { last(&Pid) }
fn last(one: &dyn Column) { first(one) }
`,
      'src/columns/freebsd.rs': `pub mod pid;
pub mod jail;
pub use self::pid::Pid;
pub fn all() {}
`,
      'src/columns/pid.rs': `use crate::column::Column;
pub struct Pid;
impl Column for Pid { fn add(&self) {} }
`,
      'src/columns/jail.rs': `use crate::column::Column;
pub struct Jail;
impl Column for Jail { fn add(&self) {} }
`,
    })
    const calls = (id: string): string[] => from(id).flatMap((edge) => /-calls-> (\S+)/.exec(edge)?.[1] ?? [])
    assert.deepEqual(calls('build.rs#main'), ['src/options.rs#parse'])
    assert.deepEqual(calls('src/main.rs#main'), [
      'src/columns/linux.rs#all',
      'src/columns/pid.rs#Pid.add',
      'src/options.rs#parse',
    ])
    assert.deepEqual(calls('src/columns.rs#first'), ['src/columns/linux.rs#all'])
    assert.deepEqual(calls('src/columns/linux.rs#last'), ['src/columns.rs#first'])
    assert.ok(from('src/columns/linux.rs#last').some((edge) => edge.includes('-uses-type-> src/column.rs#Column')))
    assert.ok(edges.some((edge) => edge.startsWith('src/columns.rs -imports-> src/columns/linux.rs')))
    assert.deepEqual(
      edges.filter((edge) => edge.includes('-implements->')).map((edge) => edge.replace(/ \(.*/, '')),
      [
        'src/columns/jail.rs#Jail -implements-> src/column.rs#Column',
        'src/columns/pid.rs#Pid -implements-> src/column.rs#Column',
      ],
    )
  })

  it('lead to that of an ordinary build for Linux, in either order', async () => {
    for (const [other, own] of [
      ['test', 'not(test)'],
      ['target_arch = "wasm32"', 'not(target_arch = "wasm32")'],
      ['target_env = "msvc"', 'not(target_env = "msvc")'],
      ['target_vendor = "apple"', 'not(target_vendor = "apple")'],
      ['false', 'true'],
      ['not(toString)', 'toString'],
      ['all(test, unix)', 'any(not(test), windows)'],
    ] as const) {
      const send = (condition: string): string => `#[cfg(${condition})]\nfn send() {}\n`
      const block = (condition: string): string => `impl T {\n    #[cfg(${condition})]\n    fn m(&self) {}\n}\n`
      const uses = 'pub struct T;\npub fn run(t: T) { send(); t.m(); }\n'
      const first = await read({ 'src/lib.rs': send(own) + send(other) + block(own) + block(other) + uses })
      const last = await read({ 'src/lib.rs': send(other) + send(own) + block(other) + block(own) + uses })
      // The name `toString` is an unknown option: the first declaration counts.
      const second = other === 'not(toString)' ? '' : '~2'
      const targets = ({ from }: Analysed): string[] =>
        from('src/lib.rs#run').flatMap((edge) => /-calls-> src\/lib\.rs#(\S+)/.exec(edge)?.[1] ?? [])
      assert.deepEqual(targets(first), ['T.m', 'send'], own)
      assert.deepEqual(targets(last), [`T.m${second}`, `send${second}`], own)
    }
  })
})

test('what an option is filled with has the type inside', async () => {
  const { from } = await read({
    'src/lib.rs': `pub struct Plan;
impl Plan {
    pub fn run(&self) {}
}
pub struct Other;
impl Other {
    pub fn run(&self) {}
}
pub fn go(plan: &mut Option<Plan>) {
    plan.get_or_insert_with(make).run();
}
`,
  })
  assert.deepEqual(
    from('src/lib.rs#go').filter((edge) => edge.includes('calls')),
    ['src/lib.rs#go -calls-> src/lib.rs#Plan.run (receiver-type)'],
  )
})

test('a method of an unknown value is not one that only shares its name with the standard library', async () => {
  const { from } = await read({
    'src/lib.rs': `pub struct Cache;
impl Cache {
    pub fn retain(&self) {}
    pub fn map_or(&self) {}
    pub fn to_uppercase(&self) {}
    pub fn or_default(&self) {}
    pub fn context(&self) {}
    pub fn warm_up(&self) {}
}
pub fn run() {
    MAP.lock().unwrap().retain(1);
    read()?.map_or(0, f);
    line?.to_uppercase();
    map.entry(1).or_default();
    open().context("x");
    unknown().warm_up();
}
`,
  })
  assert.deepEqual(from('src/lib.rs#run'), ['src/lib.rs#run -calls-> src/lib.rs#Cache.warm_up (unique-name)'])
})

describe('receivers of Rust', () => {
  const TYPES = `pub struct T { pub next: Option<Box<T>>, pub all: Vec<T> }
pub type Result<V> = std::result::Result<V, String>;
pub enum E { One(T), Two { t: T }, None }
impl T {
    pub fn make() -> Result<Self> { Err(String::new()) }
    pub fn go(&self) -> u8 { 1 }
    pub fn stop(&self) {}
}
`
  const called = async (body: string): Promise<string[]> => {
    const { from } = await read({ 'src/lib.rs': `mod t;\nuse t::{E, T};\n${body}\n`, 'src/t.rs': TYPES })
    return from('src/lib.rs#f').flatMap((edge) => /-calls-> src\/t\.rs#T\.(\w+)/.exec(edge)?.[1] ?? [])
  }

  it('are known from results, `?`, patterns, pointers, elements and closures', async () => {
    assert.deepEqual(await called('fn f() -> t::Result<()> { let t = T::make()?; t.go(); Ok(()) }'), ['go', 'make'])
    assert.deepEqual(await called('fn f(t: &T) { if let Some(n) = &t.next { n.go(); } }'), ['go'])
    assert.deepEqual(await called('fn f(ts: &[T]) { for t in ts.iter() { t.go(); } ts[0].stop(); }'), ['go', 'stop'])
    assert.deepEqual(await called('fn f(t: T) { t.all.iter().map(|x| x.go()); }'), ['go'])
    assert.deepEqual(await called('fn f(t: T) { for (i, x) in t.all.iter().enumerate() { i.stop(); x.go(); } }'), [
      'go',
    ])
    assert.deepEqual(await called('fn f(e: E) { match e { E::One(t) => t.stop(), _ => {} } }'), ['stop'])
    assert.deepEqual(await called('fn f(mut ts: Vec<T>) { ts.remove(0).go(); ts.swap_remove(0).stop(); }'), [
      'go',
      'stop',
    ])
    const other = 'struct U; impl U { fn new() -> Self { U } fn stop(&self) {} }'
    const scan = 'fn f(t: T) { t.all.iter().scan(U::new(), |u, x| { u.stop(); Some(x.go()) }); }'
    assert.deepEqual(await called(`${other}\n${scan}`), ['go'])
    const either = 'fn f(r: std::result::Result<T, U>) { r.map_or_else(|u| u.stop(), |_| ()); }'
    assert.deepEqual(await called(`${other}\n${either}`), [])
    assert.deepEqual(await called('fn f(t: std::sync::Arc<std::sync::Mutex<T>>) { t.lock().unwrap().go(); }'), ['go'])
  })

  it('are those of the trait for a parameter bound by it, and of the type where it is known', async () => {
    const { from, edges } = await read({
      'src/lib.rs': `pub trait Run { fn run(&self); fn twice(&self) { self.run(); } }
pub struct A;
impl Run for A { fn run(&self) {} }
pub struct Of<R> { inner: R }
impl<'a, R: Run> Of<R> { fn all(&self) { self.inner.run(); } }
fn bound<R: Run>(r: R) { r.run(); }
fn apart<R>(r: &R) where R: Run { r.run(); }
fn known(a: A) { a.run(); a.twice(); }
fn any(r: Box<dyn Run>) { r.run(); }
`,
    })
    const calls = (name: string): string[] =>
      from(`src/lib.rs#${name}`).flatMap((edge) => /-calls-> src\/lib\.rs#(\S+)/.exec(edge)?.[1] ?? [])
    assert.deepEqual(['Of.all', 'bound', 'apart', 'any', 'known'].map(calls), [
      ['Run.run'],
      ['Run.run'],
      ['Run.run'],
      ['Run.run'],
      ['A.run', 'Run.twice'],
    ])
    assert.ok(edges.includes('src/lib.rs#A -implements-> src/lib.rs#Run (same-file)'))
    assert.ok(edges.includes('src/lib.rs#A.run -overrides-> src/lib.rs#Run.run (inheritance)'))
  })
})

describe('methods of impl blocks of Rust', () => {
  it('override those of the trait of their block, not of another trait of the type', async () => {
    const { edges } = await read({
      'Cargo.toml': '[package]\nname = "one"\n',
      'src/lib.rs': `pub trait From { fn from(&self); }
pub trait MaybeFrom { fn from(&self); }
pub struct A;
impl A { pub fn own(&self) {} }
impl From for A { fn from(&self) {} }
impl MaybeFrom for A { fn from(&self) {} }
pub trait Own { fn own(&self); }
impl Own for A { fn own(&self) {} }
`,
    })
    assert.deepEqual(
      edges.filter((edge) => edge.includes('-overrides->')).map((edge) => edge.replaceAll('src/lib.rs#', '')),
      [
        'A.from -overrides-> From.from (inheritance)',
        'A.from~2 -overrides-> MaybeFrom.from (inheritance)',
        'A.own~2 -overrides-> Own.own (inheritance)',
      ],
    )
  })
})

describe('what surrounds code of Rust', () => {
  it('leaves a declaration its comment, also where attributes of several lines hold comments', async () => {
    const { component } = await read({
      'src/lib.rs': `/// Can be written.
///
/// At length.
#[cfg_attr(
    not(plain),
    // Read by people.
    message = "no /* text */",
)]
#[must_use]
pub trait Write {}
`,
    })
    assert.equal(component('src/lib.rs#Write').doc, 'Can be written.\n\nAt length.')
  })

  it('is no code where it is quoted, but for what is put in', async () => {
    const { from } = await read({
      'src/lib.rs': `use quote::quote;
pub fn helper() -> u8 { 1 }
pub const NAME: u8 = 1;
pub fn expand() {
    let _ = quote! { fn inside() { helper(); "}" /* } */ } #NAME };
    let _ = quote_spanned!(span=> helper(#(#NAME),*));
}
pub fn after() { helper(); }
`,
    })
    assert.deepEqual(from('src/lib.rs#expand'), ['src/lib.rs#expand -references-> src/lib.rs#NAME (same-file)'])
    assert.deepEqual(from('src/lib.rs#after'), ['src/lib.rs#after -calls-> src/lib.rs#helper (same-file)'])
  })

  it('decides between implementations of a trait by what is given, or not at all', async () => {
    const { from } = await read({
      'src/lib.rs': `pub struct Name;
impl From<u8> for Name { fn from(_: u8) -> Self { Name } }
impl From<&str> for Name { fn from(_: &str) -> Self { Name } }
pub fn known() { Name::from("x"); }
pub fn unknown() { Name::from(elsewhere::value()); }
`,
    })
    const calls = (name: string): string[] => from(`src/lib.rs#${name}`).filter((edge) => edge.includes('-calls->'))
    assert.deepEqual(calls('known'), ['src/lib.rs#known -calls-> src/lib.rs#Name.from~2 (receiver-type)'])
    assert.deepEqual(calls('unknown'), [])
  })

  it('says nothing of a type that only shares its last name with one outside', async () => {
    const { from } = await read({
      'src/de.rs':
        'macro_rules! declare { ($n:ident) => { pub trait $n { fn custom() -> Self; } } }\ndeclare!(Error);\n',
      'src/lib.rs': `mod de;
mod fmt2;
use de::Error;
pub fn fail() { let _ = Error::custom(); }
`,
      'src/fmt2.rs':
        'pub trait Make { fn custom() -> Self; }\nimpl Make for std::fmt::Error { fn custom() -> Self { todo!() } }\n',
    })
    assert.deepEqual(
      from('src/lib.rs#fail').filter((edge) => edge.includes('custom')),
      [],
    )
  })
})

describe('bad input of Rust', () => {
  it('keeps what can be read', async () => {
    const bytes = String.fromCharCode(...Array.from({ length: 4_000 }, (_, index) => (index * 7_919) % 256))
    const { analysis, component } = await read({
      'src/bom.rs': '\uFEFF/// F does.\r\npub fn f() {\r\n}\r\n',
      'src/broken.rs': 'fn g() {}\n\nfn h( { if ]]] \n\nlet x = \n',
      'src/bytes.rs': bytes,
      'src/lib.rs': 'mod lib2;\npub use self::a::*;\npub mod a { pub use super::*; }\nfn f() { nowhere(); }\n',
      'src/deep.rs': `const D: u8 = ${'('.repeat(100_000)}1${')'.repeat(100_000)};\n`,
    })
    assert.equal(component('src/bom.rs#f').doc, 'F does.')
    assert.equal(component('src/broken.rs#g').kind, 'function')
    const failed = analysis.reports[0]?.failed ?? []
    assert.ok(failed.includes('src/broken.rs') && failed.includes('src/bytes.rs'))
  })
})

test('what an impl of a trait has begins with itself, those of macros end with their names', async () => {
  const { component } = await analyseTexts([rust], {
    'src/lib.rs': `pub trait Read { fn read(&self); }
pub struct File;
impl Read for File {
  /// Reads.
  fn read(
    &self,
  ) {}
}
macro_rules! make { ($x:expr) => { $x } }
`,
  })
  const read = component('src/lib.rs#File.read')
  assert.deepEqual([read.signature, read.doc, read.startLine, read.endLine], ['fn read(&self)', 'Reads.', 5, 7])
  assert.equal(component('src/lib.rs#make').signature, 'macro_rules! make')
})

test('what is compiled for tests alone is no public API', async () => {
  const { analysis } = await analyseTexts([rust], {
    'src/lib.rs': `#[cfg(test)]
pub fn made() {}
#[cfg(all(test, unix))]
#[macro_export]
macro_rules! check { () => {}; }
#[cfg(not(test))]
pub fn real() {}
#[cfg(any(test, feature = "more"))]
pub fn shared() {}
pub struct Config;
// For tests.
#[cfg(test)]
impl Config {
    pub fn builtin() -> Self { Config }
}
impl Config {
    pub fn read() -> Self { Config }
}`,
  })
  assert.deepEqual(
    analysis.components.map((one) => `${one.name} ${one.visibility} ${one.exported}`),
    [
      'made private false',
      'check private false',
      'real public true',
      'shared public true',
      'Config public true',
      'builtin private false',
      'read public true',
    ],
  )
})

test('in the first edition, what `use` names begins at the root of the crate; `mod x;` is no definition', async () => {
  const texts = (edition: string): Record<string, string> => ({
    'Cargo.toml': `[package]\nname = "x"\n${edition}`,
    'src/main.rs': 'mod util;\nmod cmd;\nfn main() {}\n',
    'src/util.rs': 'pub struct Name;\nimpl Name {\n    pub fn write(&self) {}\n}\n',
    'src/cmd/mod.rs': 'pub mod split;\n',
    'src/cmd/split.rs':
      'use util::{self, Name};\nstruct Args {\n    name: Name,\n}\nimpl Args {\n    fn run(&self) {\n        self.name.write();\n    }\n}\n',
  })
  const call = 'src/cmd/split.rs#Args.run -calls-> src/util.rs#Name.write (receiver-type)'
  for (const edition of ['', 'edition = "2015"\n']) {
    const { analysis, from } = await analyseTexts([rust], texts(edition))
    assert.ok(from('src/cmd/split.rs#Args.run').includes(call))
    assert.deepEqual(
      analysis.components.filter(({ kind }) => kind === 'namespace'),
      [],
    )
  }
  const { from } = await analyseTexts([rust], texts('edition.workspace = true\n'))
  assert.ok(!from('src/cmd/split.rs#Args.run').includes(call))
})

test('what is in a module for the library itself is not exported', async () => {
  const { component } = await analyseTexts([rust], {
    'src/lib.rs':
      'pub mod __private {\n    pub fn inside() {}\n}\npub mod private_data {\n    pub fn outside() {}\n}\n',
  })
  assert.equal(component('src/lib.rs#__private.inside').exported, false)
  assert.equal(component('src/lib.rs#private_data.outside').exported, true)
})

test('procedural macros are named as users write them, and hide no trait of their name', async () => {
  const macros = `use proc_macro::TokenStream;
/// Plans.
#[proc_macro_derive(Plan, attributes(plan))]
pub fn derive_plan(input: TokenStream) -> TokenStream { input }
#[proc_macro_attribute]
pub fn main(_: TokenStream, item: TokenStream) -> TokenStream { item }
#[proc_macro]
pub fn orbit(input: TokenStream) -> TokenStream { input }
#[proc_macro_error]
pub fn plain() {}
#[doc(hidden)]
#[proc_macro]
pub fn inner(input: TokenStream) -> TokenStream { input }
`
  const { analysis } = await analyseTexts([rust], {
    'Cargo.toml': '[package]\nname = "my-lib"\n[dependencies]\nmacros = { path = "macros" }\n',
    'src/lib.rs':
      'mod plan {\n    pub trait Plan { fn now(&self); }\n}\npub use macros::{main, Plan};\npub use plan::*;\n',
    'macros/Cargo.toml': '[package]\nname = "macros"\n[lib]\nproc-macro = true\n',
    'macros/src/lib.rs': macros,
  })
  const told = analysis.components.flatMap((one) =>
    one.file.startsWith('macros/') ? [[one.id.split('#')[1], one.kind, one.signature, one.startLine]] : [],
  )
  assert.deepEqual(told, [
    ['Plan', 'macro', '#[derive(Plan)]', 3],
    ['main', 'macro', '#[main]', 5],
    ['orbit', 'macro', 'orbit!', 7],
    ['plain', 'function', 'pub fn plain()', 10],
    ['inner', 'macro', 'inner!', 12],
  ])
  const shown = (file: string): (string | null)[] => (analysis.exports[file] ?? []).map(({ to }) => to).sort()
  assert.deepEqual(
    shown('macros/src/lib.rs'),
    ['#Plan', '#main', '#orbit', '#plain'].map((id) => `macros/src/lib.rs${id}`),
  )
  assert.deepEqual(shown('src/lib.rs'), ['macros/src/lib.rs#main', 'src/lib.rs#plan.Plan'])
})

test('what clap derives gives a value of its type', async () => {
  const { edges } = await read({
    'src/main.rs':
      '#[derive(Parser)]\nstruct Cmd;\n\nimpl Cmd {\n    fn run(&self) {}\n}\n\nfn main() {\n    Cmd::parse().run();\n}\n',
  })
  assert.ok(edges.some((edge) => edge.startsWith('src/main.rs#main -calls-> src/main.rs#Cmd.run ')))
})

test('a name that modules re-export in circles, or through too many, does not keep others from being found', async () => {
  const circle = (count: number, others: (own: number) => number[]): string =>
    Array.from(
      { length: count },
      (_, own) =>
        `pub mod m${own} {\n${others(own)
          .map((other) => `    pub use crate::m${other % count}::*;\n`)
          .join('')}}\n`,
    ).join('')
  const texts = {
    'src/util.rs': 'pub fn help() {}\n',
    'src/bad.rs': 'use crate::m0::*;\n\nfn go() {\n    missing();\n    help();\n}\n',
    'src/zed.rs': 'use crate::util::help;\n\nfn run() {\n    help();\n}\n',
  }
  const heads = 'pub mod util;\npub mod bad;\npub mod zed;\n'
  const all = circle(8, (own) => Array.from({ length: 7 }, (_, index) => own + index + 1))
  const found = 'src/zed.rs#run -calls-> src/util.rs#help (import)'
  const dense = await read({ ...texts, 'src/lib.rs': heads + all })
  assert.deepEqual(dense.from('src/zed.rs#run'), [found])
  const { from } = await read({ ...texts, 'src/lib.rs': heads + circle(2_500, (own) => [own + 1]) })
  assert.deepEqual(from('src/zed.rs#run'), [found])
})

test('a bound of an associated type is a use, not an implementation', async () => {
  const { from } = await analyseTexts([rust], {
    'src/lib.rs':
      'pub trait Bits { fn all() -> u8; }\npub trait Flags { type Of: Bits; fn f() -> u8 { Self::Of::all() } }\n',
  })
  assert.deepEqual(from('src/lib.rs#Flags.Of'), ['src/lib.rs#Flags.Of -uses-type-> src/lib.rs#Bits (same-file)'])
})

test('paths from $crate in the body of a macro are uses', async () => {
  const { from } = await analyseTexts([rust], {
    'Cargo.toml': '[package]\nname = "plan"\n',
    'src/lib.rs': `mod inner;
pub mod parts;
// $crate::parts::unused
macro_rules! make {
    ($t:ident) => {
        impl $crate::parts::Shape for $t { fn area() -> u8 { $crate::parts::join::<u8>(1) } }
        $crate::helped! { $crate::parts::Wall::new() }
        $crate::gone::away();
    };
}
#[macro_export]
macro_rules! helped { () => {} }
`,
    'src/inner.rs': '',
    'src/parts.rs': `pub trait Shape { fn area() -> u8; }
pub fn join<T>(t: T) -> T { t }
pub fn unused() {}
pub struct Wall;
impl Wall { pub fn new() -> Wall { Wall } }
`,
  })
  assert.deepEqual(from('src/lib.rs#make'), [
    'src/lib.rs#make -references-> src/lib.rs#helped (same-file)',
    'src/lib.rs#make -references-> src/parts.rs#Wall.new (receiver-type)',
    'src/lib.rs#make -references-> src/parts.rs#join (import)',
    'src/lib.rs#make -uses-type-> src/parts.rs#Shape (import)',
    'src/lib.rs#make -uses-type-> src/parts.rs#Wall (import)',
  ])
})

test('a tuple struct shows its fields if one is public', async () => {
  const { component } = await analyseTexts([rust], {
    'Cargo.toml': CARGO,
    'src/lib.rs':
      'pub struct A<M>(pub M);\npub struct B(u8);\npub(crate) struct C(pub Box<dyn Fn(u8) -> u8>, u8);\npub struct D<T>(T)\nwhere\n    T: Copy;\npub struct E {\n    pub a: u8,\n}\n',
  })
  assert.deepEqual(
    [...'ABCDE'].map((name) => component(`src/lib.rs#${name}`).signature),
    [
      'pub struct A<M>(pub M)',
      'pub struct B',
      'pub(crate) struct C(pub Box<dyn Fn(u8) -> u8>, u8)',
      'pub struct D<T> where T: Copy',
      'pub struct E',
    ],
  )
})

test('a stand-in for builds without the standard library is not meant by what is imported otherwise', async () => {
  const { from } = await analyseTexts([rust], {
    'src/lib.rs': `mod wrap;
#[cfg(feature = "std")]
use std::error::Error as StdError;
#[cfg(all(not(feature = "std"), orbit_no_core_error))]
trait StdError {}
`,
    'src/wrap.rs': 'use crate::StdError;\nstruct Wrap;\nimpl StdError for Wrap {}\n',
  })
  assert.deepEqual(from('src/wrap.rs#Wrap'), [])
})

test('items that a macro of the file declares by its arguments are components at their names', async () => {
  const { component, analysis, from } = await read({
    'src/lib.rs': `pub struct Plan;
macro_rules! lists {
    ($($t:tt)+) => { $(
        /// Reads a number.
        ///
        /// // {
        pub fn $t<T>(input: T) -> Option<$t> { let mut value: $t = 0; Some(value) }
    )+ }
}
/* a comment */
lists! { u8 i16 }
macro_rules! getters {
    ($type:ident, $( #[doc = $doc:tt] $name:ident: Option<$of:ty> ),*) => {
        impl $type { $(
            #[doc = $doc]
            #[must_use]
            pub(crate) fn $name(&self) -> $of { self.$name.unwrap() }
        )* }
        impl Drop for $type { fn $type(&self) {} }
    };
}
getters!(Plan, #[doc = "How \\"wide\\"."] width: Option<u8>, #[doc = "High."] height: Option<Vec, u8>);
macro_rules! command { ($name:ident, $body:block) => { pub struct $name; }; }
command!(Turn, { 1 });
command!(r#"no name"#, { 1 });
macro_rules! several { ($a:ident) => { pub fn $a() {} }; ($a:ident, $b:ident) => { several!($a); } }
several!(unknown);
macro_rules! tests { ($($a:ident,)*) => { $( #[test] fn $a() {} )* } }
tests! { one, two, }
mod inner { lists! { u32 } fn body() { lists! { u64 } } }
macro_rules! bounded { ($type:ident, $name:ident) => { impl<T: Into<u8>> $type<T> { pub fn $name(&self) {} } } }
pub struct Wall<T>(T);
bounded!(Wall, paint);
fn used() { u8(1); Plan.width(); }
`,
  })
  const names = analysis.components
    .filter(({ file }) => file === 'src/lib.rs')
    .map(({ qualifiedName }) => qualifiedName)
  assert.deepEqual(
    names.filter((name) => /^(?:u\d|i\d|Plan|Turn|inner|unknown|one|two|Wall)/.test(name)),
    [
      'Plan',
      'u8',
      'i16',
      'Plan.width',
      'Plan.height',
      'Turn',
      'inner',
      'inner.u32',
      'inner.body',
      'Wall',
      'Wall.paint',
    ],
  )
  const [u8, width, turn] = ['u8', 'Plan.width', 'Turn'].map((name) => component(`src/lib.rs#${name}`))
  assert.deepEqual(
    [u8?.signature, u8?.doc, u8?.startLine, u8?.exported],
    ['pub fn u8<T>(input: T) -> Option<u8>', 'Reads a number.\n\n// {', 11, true],
  )
  assert.deepEqual(
    [width?.signature, width?.doc, width?.kind, width?.visibility],
    ['pub(crate) fn width(&self) -> u8', 'How "wide".', 'method', 'internal'],
  )
  assert.deepEqual([turn?.kind, turn?.signature, turn?.exported], ['struct', 'pub struct Turn', true])
  assert.deepEqual(from('src/lib.rs#used'), [
    'src/lib.rs#used -calls-> src/lib.rs#Plan.width (receiver-type)',
    'src/lib.rs#used -calls-> src/lib.rs#u8 (same-file)',
    'src/lib.rs#used -uses-type-> src/lib.rs#Plan (same-file)',
  ])
})

test('macros that declare their items as they are hide none of them', async () => {
  const { component, from } = await read({
    'src/lib.rs': `pin_project_lite::pin_project! {
    #[project(!Unpin)]
    pub struct Sleep<T: ?Sized> where T: Clone {
        deadline: u64,
        #[pin]
        timer: Option<T>,
    }

    impl<T> PinnedDrop for Sleep<T> {
        fn drop(this: Pin<&mut Self>) {}
    }
}

impl<T> Sleep<T> {
    pub(crate) fn until(deadline: u64) -> Self { todo!() }
}

::std::thread_local! { static CURRENT: Sleep<u8> = const { start() }; }

pub fn start() -> Sleep<u8> { Sleep::until(3) }
`,
  })
  assert.equal(component('src/lib.rs#Sleep').startLine, 3)
  assert.equal(component('src/lib.rs#Sleep.until').kind, 'method')
  assert.equal(component('src/lib.rs#CURRENT').kind, 'constant')
  assert.ok(from('src/lib.rs#start').some((edge) => edge.includes('-calls-> src/lib.rs#Sleep.until ')))
})
