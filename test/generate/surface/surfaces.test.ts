/** What packages show to those who import them. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { surfaceOf } from './surface-of.ts'

const PYPROJECT = '[project]\nname = "orbit"\nversion = "1"\n'

test('a package of Python gives what `__all__` lists, also of lists of other modules', async () => {
  const surface = await surfaceOf({
    'pyproject.toml': PYPROJECT,
    'src/orbit/__init__.py':
      'from . import plan, burn\nfrom .plan import *\nfrom .burn import Burn as Burn\n__all__ = plan.__all__ + ["Burn"]\n__all__ += ["__version__"]\n__version__ = "1"\n',
    'src/orbit/plan.py': '__all__ = ["Plan", "draw"]\nclass Plan: pass\ndef draw(): pass\ndef hidden(): pass\n',
    'src/orbit/burn.py': 'class Burn: pass\n',
  })
  assert.deepEqual(surface.orbit, [
    'Burn src/orbit/burn.py#Burn',
    'Plan src/orbit/plan.py#Plan',
    '__version__',
    'draw src/orbit/plan.py#draw',
  ])
})

test('without `__all__` a package gives what it defines and takes from its own modules, and a stand-in is not meant', async () => {
  const surface = await surfaceOf({
    'pyproject.toml': PYPROJECT,
    'orbit/__init__.py':
      'import os\nfrom json import dumps\nfrom ._plan import Plan, _inner\nfrom ._plan import main\nfrom .all import *\n',
    'orbit/_plan.py': 'class Plan: pass\ndef _inner(): pass\ndef main(): pass\n',
    'orbit/all.py': 'from ._more import *\n',
    'orbit/_more.py': 'import sys\ndef more(): pass\n',
    'orbit/tools.py': 'def tool(): pass\n',
    'tests/test_a.py': 'def test_a(): pass\n',
  })
  assert.deepEqual(surface, {
    orbit: ['Plan orbit/_plan.py#Plan', 'main orbit/_plan.py#main', 'more orbit/_more.py#more'],
    'orbit.tools': ['tool orbit/tools.py#tool'],
  })
})

test('a function takes the name of the module that it is imported from by a star', async () => {
  const surface = await surfaceOf({
    'pyproject.toml': PYPROJECT,
    'orbit/__init__.py': 'from .burn import *\n',
    'orbit/burn.py': '__all__ = ["burn"]\ndef burn(): pass\n',
  })
  assert.deepEqual(surface.orbit, ['burn orbit/burn.py#burn'])
})

test('names that a module gives lazily are found by its dictionary', async () => {
  const forms = {
    'name to module':
      'NAMES = {"Plan": ".plan", "draw": "orbit.plan"}\n__all__ = list(NAMES)\ndef __getattr__(name): ...\n',
    'name to pair':
      'NAMES = {"Plan": (".plan", "Plan"), "draw": ("plan", "draw")}\n__all__ = [*NAMES]\ndef __getattr__(name): ...\n',
    'module to names': 'NAMES = {"plan": ["Plan", "draw"]}\nsys.modules[__name__] = _LazyModule(__name__, NAMES)\n',
    compared: `def __getattr__(name):
    if name == "Plan":
        from .plan import Plan as _Plan
        return _Plan
    elif name == "draw":
        from orbit.plan import draw
        return draw
    if name != "other":
        from .plan import other
        return other
    raise AttributeError(name)
`,
    attached:
      'import lazy_loader\n__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs={"plan": ["Plan", "draw"]})\n',
  }
  for (const [form, text] of Object.entries(forms)) {
    const surface = await surfaceOf({
      'pyproject.toml': PYPROJECT,
      'orbit/__init__.py': text,
      'orbit/plan.py': 'class Plan: pass\ndef draw(): pass\ndef other(): pass\n',
    })
    const names = surface.orbit?.filter((name) => !name.endsWith(' orbit/__init__.py#NAMES'))
    assert.deepEqual(names, ['Plan orbit/plan.py#Plan', 'draw orbit/plan.py#draw'], form)
  }
})

test('modules that pass on each other end', async () => {
  const surface = await surfaceOf({
    'pyproject.toml': PYPROJECT,
    'orbit/__init__.py': 'from .a import *\n',
    'orbit/a.py': 'from .b import *\nfrom orbit import *\ndef one(): pass\n',
    'orbit/b.py': 'from .a import *\ndef two(): pass\n',
  })
  assert.deepEqual(surface.orbit, ['one orbit/a.py#one', 'two orbit/b.py#two'])
})

test('a package of npm has a path for each entry, through re-exports and back to sources', async () => {
  const surface = await surfaceOf({
    'package.json': JSON.stringify({
      name: '@orbit/core',
      exports: { '.': { types: './dist/index.d.ts' }, './http': './dist/http.js', './style.css': './style.css' },
    }),
    'src/index.ts':
      "export * from './plan.js'\nexport { Burn as Boost } from './burn.js'\nexport * as http from './http.js'\nexport { z } from 'zod'\nexport default function start() {}\n",
    'src/plan.ts': "export class Plan {}\nexport * from './index.js'\nclass Hidden {}\n",
    'src/burn.ts': 'export interface Burn {}\n',
    'src/http.ts': 'export const get = () => 1\n',
  })
  assert.deepEqual(surface, {
    '@orbit/core': [
      'Boost src/burn.ts#Burn',
      'Plan src/plan.ts#Plan',
      'default src/index.ts#start',
      'http src/http.ts',
      'z',
    ],
    '@orbit/core/http': ['get src/http.ts#get'],
  })
})

test('names of generated and vendored files that a package exports are in its API, but lead nowhere', async () => {
  const surface = await surfaceOf({
    'package.json': JSON.stringify({ name: 'orbit', exports: { '.': './src/index.ts', './fp': './src/fp/index.ts' } }),
    'src/index.ts': "export * from './plan.ts'\nexport * from './vendor/promise'\nexport * from './bundle.min.js'\n",
    'src/plan.ts': 'export class Plan {}\n',
    'src/vendor/promise/index.ts': "export * from './proxy.js'\nexport default 1\nconst hidden = 1\n",
    'src/vendor/promise/proxy.ts':
      'export declare abstract class Proxy<T> {}\nexport {\n  a,\n  type B as C,\n} from "x"\n',
    'src/bundle.min.js': `export const big = 1\n${'export const more = 2;'.repeat(4_000)}\n`,
    'src/fp/index.ts': "// This file is generated. Do not edit it.\nexport * from './add.ts'\n",
    'src/fp/add.ts': '// This file is generated. Do not edit it.\nexport const add = 1\nexport default add\n',
  })
  assert.deepEqual(surface, { orbit: ['C', 'Plan src/plan.ts#Plan', 'Proxy', 'a'], 'orbit/fp': ['add'] })
})

test('types that only comments declare are not in the API, names of their properties are', async () => {
  const surface = await surfaceOf({
    'package.json': JSON.stringify({ name: 'orbit', main: './index.js', type: 'module' }),
    'index.js':
      '/**\n * @typedef {{ a: {b: Date} }} Plan\n * @typedef {object} Options\n * @property {boolean} parse - whether\n */\n/** @callback Done\n * @param {Error} other */\nexport { parse, other } from "external"\nexport function own() {}\n',
  })
  assert.deepEqual(surface.orbit, ['other', 'own index.js#own', 'parse'])
})

test('openings of comments that nothing closes are read in linear time', async () => {
  const start = performance.now()
  const surface = await surfaceOf({
    'package.json': JSON.stringify({ name: 'orbit', main: './index.js', type: 'module' }),
    'index.js': `export function own() {}\n${'/**\n'.repeat(49_000)}@typedef`,
  })
  assert.deepEqual(surface.orbit, ['own index.js#own'])
  assert.ok(performance.now() - start < 10_000)
})

test('CommonJS gives what it assigns, and the whole', async () => {
  const surface = await surfaceOf({
    'package.json': JSON.stringify({ name: 'orbit', main: './index.js' }),
    'index.js': "const { plan } = require('./plan')\nfunction start() {}\nmodule.exports = { start, plan }\n",
    'plan.js': 'exports.plan = function () {}\n',
  })
  assert.deepEqual(
    surface.orbit?.filter((name) => !name.startsWith('export=')),
    ['plan plan.js#plan', 'start index.js#start'],
  )
})

test('a crate shows its public modules and what `pub use` hands on', async () => {
  const surface = await surfaceOf({
    'Cargo.toml': '[package]\nname = "orbit-core"\n',
    'src/lib.rs':
      'mod inner;\npub mod plan;\npub mod tools { pub fn cut() {} fn keep() {} }\npub use inner::{Burn as Boost, open::*};\npub(crate) use inner::Secret;\npub fn start() {}\n#[macro_export]\nmacro_rules! orbit { () => {} }\n',
    'src/inner.rs': 'pub struct Burn;\npub struct Secret;\npub mod open { pub struct Open; }\n',
    'src/plan.rs': 'pub struct Plan;\nstruct Hidden;\n',
  })
  assert.deepEqual(surface, {
    orbit_core: [
      'Boost src/inner.rs#Burn',
      'Open src/inner.rs#open.Open',
      'orbit src/lib.rs#orbit',
      'start src/lib.rs#start',
    ],
    'orbit_core::plan': ['Plan src/plan.rs#Plan'],
    'orbit_core::tools': ['cut src/lib.rs#tools.cut'],
  })
})

test('a crate shows a macro with the name of a module', async () => {
  const surface = await surfaceOf({
    'Cargo.toml': '[package]\nname = "orbit"\n',
    'src/lib.rs': 'pub mod burn { pub struct Burn; }\n#[macro_export]\nmacro_rules! burn { () => {} }\n',
  })
  assert.deepEqual(surface, { orbit: ['burn src/lib.rs#burn~2'], 'orbit::burn': ['Burn src/lib.rs#burn.Burn'] })
})

test('a crate shows what macros named `cfg_…` compile under a condition', async () => {
  const surface = await surfaceOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs':
      'mod plan;\ncfg_feature! {\n    #![feature = "client"]\n\n    pub mod client;\n}\ncfg_rt! {\n    cfg_io! { pub use plan::{Plan, Step}; }\n    pub fn run() {}\n}\ncfg_if! { if #[cfg(unix)] { pub fn unix() {} } }\npub fn after() {}\n',
    'src/client.rs': 'pub struct Client;\n',
    'src/plan.rs': 'pub struct Plan;\npub struct Step;\n',
  })
  assert.deepEqual(surface, {
    orbit: ['Plan src/plan.rs#Plan', 'Step src/plan.rs#Step', 'after src/lib.rs#after', 'run src/lib.rs#run'],
    'orbit::client': ['Client src/client.rs#Client'],
  })
})

test('a crate shows what its macro takes as items', async () => {
  const surface = await surfaceOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs':
      'macro_rules! if_hyper {\n    ($($item:item)*) => {$(\n        #[cfg(not(wasm))]\n        $item\n    )*}\n}\nmacro_rules! other { ($($t:ty)*) => {} }\nif_hyper! {\n    mod plan;\n    pub use self::plan::Plan;\n}\nother! { pub fn hidden() {} }\n',
    'src/plan.rs': 'pub struct Plan;\n',
  })
  assert.deepEqual(surface, { orbit: ['Plan src/plan.rs#Plan'] })
})

test('a module of Go shows the packages that others can import', async () => {
  const surface = await surfaceOf({
    'go.mod': 'module example.com/orbit/v2\n',
    'orbit.go':
      'package orbit\n\ntype Plan struct{}\n\nfunc (p *Plan) Draw() {}\nfunc New() *Plan { return nil }\nfunc hidden() {}\n',
    'orbit_test.go': 'package orbit\n\nfunc Helper() {}\n',
    'http/http.go': 'package http\n\nfunc Get() {}\n',
    'internal/a/a.go': 'package a\n\nfunc A() {}\n',
    'cmd/orbit/main.go': 'package main\n\nfunc Run() {}\nfunc main() {}\n',
    '_examples/x/go.mod': 'module x\n',
    '_examples/x/lib/x.go': 'package lib\n\nfunc X() {}\n',
  })
  assert.deepEqual(surface, {
    'example.com/orbit/v2': ['New orbit.go#New', 'Plan orbit.go#Plan'],
    'example.com/orbit/v2/http': ['Get http/http.go#Get'],
  })
})

test('packages of Go without a go.mod have the path by which code and documents import them', async () => {
  const files = {
    'orbit.go': 'package orbit\n\nfunc New() {}\n',
    'http/http.go': 'package http\n\nimport "example.com/acme/orbit"\n\nfunc Get() { orbit.New() }\n',
  }
  const expected = {
    'example.com/acme/orbit': ['New orbit.go#New'],
    'example.com/acme/orbit/http': ['Get http/http.go#Get'],
  }
  assert.deepEqual(await surfaceOf(files), expected)
  const { 'http/http.go': _, ...root } = files
  assert.deepEqual(await surfaceOf(root), {}, 'nothing says the path')
  assert.deepEqual(
    await surfaceOf({ ...root, 'README.md': '# Orbit\n\n```go\nimport "example.com/acme/orbit"\n```\n' }),
    {
      'example.com/acme/orbit': ['New orbit.go#New'],
    },
  )
  const badge =
    '# Orbit\n\n[![GoDoc](https://godoc.org/example.com/acme/orbit?status.svg)](https://godoc.org/example.com/acme/orbit)\n'
  assert.deepEqual(Object.keys(await surfaceOf({ ...root, 'README.md': badge })), ['example.com/acme/orbit'])
  const told = { 'orbit.go': 'package orbit // import "orbit.example.com/v1"\n\nfunc New() {}\n' }
  assert.deepEqual(await surfaceOf(told), { 'orbit.example.com/v1': ['New orbit.go#New'] })
})

test('namespaces of PHP and modules of Ruby are paths', async () => {
  assert.deepEqual(
    await surfaceOf({
      'composer.json': '{"name": "acme/orbit", "autoload": {"psr-4": {"Acme\\\\Orbit\\\\": "src/"}}}',
      'src/Plan.php': '<?php\nnamespace Acme\\Orbit;\nclass Plan { public function draw() {} }\n',
    }),
    { 'Acme\\Orbit': ['Plan src/Plan.php#Plan'] },
  )
  assert.deepEqual(
    await surfaceOf({
      'composer.json':
        '{"name": "acme/orbit", "autoload": {"psr-4": {"Acme\\\\": "src/"}, "classmap": ["old/", "Top.php"]}, "autoload-dev": {"psr-4": {"Bench\\\\": "measure/"}}}',
      'src/Plan.php': '<?php\nnamespace Acme;\nclass Plan {}\n',
      'old/Past.php': '<?php\nnamespace Acme;\nclass Past {}\n',
      'Top.php': '<?php\nnamespace Acme;\nclass Top {}\n',
      'measure/Run.php': '<?php\nnamespace Bench;\nclass Run {}\n',
    }),
    { Acme: ['Past old/Past.php#Past', 'Plan src/Plan.php#Plan', 'Top Top.php#Top'] },
  )
  const ruby = await surfaceOf({
    'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\nend\n',
    'lib/orbit.rb': "require 'orbit/plan'\nmodule Orbit\nend\n",
    'lib/orbit/plan.rb':
      'module Orbit\n  class Plan\n  end\n  module Encode\n    def encode; end\n  end\n  module Params\n    extend Encode\n  end\nend\n',
  })
  assert.deepEqual(ruby.Orbit, ['Plan lib/orbit/plan.rb#Orbit.Plan'])
  assert.deepEqual(ruby['Orbit::Params'], ['encode lib/orbit/plan.rb#Orbit.Encode.encode'])
})

test('a companion object of Scala is part of its class, whichever of them comes first', async () => {
  const surface = await surfaceOf({
    'build.sbt': 'ThisBuild / organization := "org.acme"\nname := "orbit"\n',
    'README.md': 'libraryDependencies += "org.acme" %% "orbit" % "1.0"\n',
    'src/main/scala/orbit/Plan.scala':
      'package orbit\n\nobject Plan {\n  def apply(): Plan = new Plan\n}\n\nclass Plan\n\nclass Burn\n\nobject Burn\n\nobject Alone\n',
  })
  assert.deepEqual(surface.orbit, [
    'Alone src/main/scala/orbit/Plan.scala#Alone',
    'Burn src/main/scala/orbit/Plan.scala#Burn',
    'Plan src/main/scala/orbit/Plan.scala#Plan~2',
  ])
})

test('a Swift package shows the public names of the targets that its libraries offer', async () => {
  const surface = await surfaceOf({
    'Package.swift': `import PackageDescription
let package = Package(
  name: "Orbit",
  products: [.library(name: "Orbit", targets: ["Orbit", "OrbitIO"]), .executable(name: "plan", targets: ["Plan"])],
  targets: [
    .target(name: "Orbit", dependencies: [.target(name: "OrbitIO")]),
    .target(name: "OrbitIO", path: "io/"), // .target(name: "No")
    .target(name: "Plan"),
    .testTarget(name: "OrbitTests", dependencies: ["Orbit"]),
  ]
)
`,
    'Sources/Orbit/a.swift': `#if os(Linux)
public func turn(_ by: Int) {}
#endif
public class Planet { public init() {} }
class Hidden {}
`,
    'Sources/Orbit/deep/b.swift': 'public func turn(_ by: Double) {}\nprivate func no() {}\n',
    'Sources/Orbit/more.swift': `extension Sequence {
  public func fly(by step: Int, _ other: Int) {}
  public func fly(to place: Int) {}
  public func fly(@Builder füg other: () -> Int) {}
  public var first: Int { 1 }
  func own() {}
  public static func < (a: Self, b: Self) -> Bool { true }
}
extension Planet {
  public func turn() {}
}
`,
    'Sources/Plan/main.swift': 'public func main() {}\n',
    'io/c.swift': 'public protocol Source {}\n',
    'Tests/OrbitTests/d.swift': 'public func test() {}\n',
  })
  assert.deepEqual(surface, {
    Orbit: [
      'Planet Sources/Orbit/a.swift#Planet',
      'Sequence.first Sources/Orbit/more.swift#Sequence.first',
      'Sequence.fly(by:_:) Sources/Orbit/more.swift#Sequence.fly',
      'Sequence.fly(füg:) Sources/Orbit/more.swift#Sequence.fly~3',
      'Sequence.fly(to:) Sources/Orbit/more.swift#Sequence.fly~2',
      'turn Sources/Orbit/deep/b.swift#turn',
    ],
    OrbitIO: ['Source io/c.swift#Source'],
  })
})

test('headers are shown that are in `include/` or installed, with the functions that they announce', async () => {
  const surface = await surfaceOf({
    'include/orbit/plan.h': '#ifndef PLAN_H\n#define PLAN_H\nint plan_draw(int);\nstruct plan { int x; };\n#endif\n',
    'src/plan.c': '#include <orbit/plan.h>\nint plan_draw(int a) { return a; }\n',
    'src/burn.h': 'int burn(void);\n',
    'src/own.h': 'int own(void);\n',
    'src/Makefile.am': 'include_HEADERS = \\\n  burn.h\n',
  })
  assert.deepEqual(Object.keys(surface), ['burn.h', 'orbit/plan.h'])
  assert.ok(surface['orbit/plan.h']?.includes('plan_draw src/plan.c#plan_draw'))
})

test('a library of C without a build shows the headers of its top folder, a program none', async () => {
  const library = {
    'ring.h': 'int ring_add(int a);\n',
    'ring.c':
      '#include "ring.h"\nint ring_add(int a) { return a; }\n#ifdef RING_TEST\nint main(void) { return 0; }\n#endif\n',
    'deep/inner.h': 'int inner(void);\n',
    'example.c': '#include "ring.h"\nint main(void) { return ring_add(1); }\n',
  }
  assert.deepEqual(await surfaceOf(library), { 'ring.h': ['ring_add ring.c#ring_add'] })
  const umbrella = '@import Foundation;\n\nFOUNDATION_EXPORT double RingVersionNumber;\n'
  assert.deepEqual(await surfaceOf({ ...library, 'Ring.h': umbrella }), { 'ring.h': ['ring_add ring.c#ring_add'] })
  assert.deepEqual(await surfaceOf({ ...library, 'run.c': 'int main(void) { return 0; }\n' }), {})
})

test('headers of a program are public only if a build file installs some, and a header alone among other code is not', async () => {
  const program = {
    'include/orbit/plan.h': 'int plan(void);\n',
    'src/plan.c': '#include <orbit/plan.h>\nint plan(void) { return 0; }\n',
    'src/main.c': 'int main(void) { return 0; }\n',
  }
  const make = (install: string): Record<string, string> => ({ ...program, Makefile: `install:\n\t${install}\n` })
  assert.deepEqual(Object.keys(await surfaceOf(make('cp orbit $(bindir)'))), [])
  assert.deepEqual(Object.keys(await surfaceOf(make('install -m644 include/orbit/*.h $(prefix)'))), ['orbit/plan.h'])
  const daemon = {
    'orbit.h': 'int orbit(void);\n',
    'orbit.c': '#include "orbit.h"\nint main(void) { return 0; }\n',
    'Makefile.am': 'bin_PROGRAMS = orbit\npkginclude_HEADERS = orbit.h\n',
  }
  const told = { ...daemon, 'doc/plugins.md': '```c\n#include <orbit.h>\n```\n' }
  const library = { ...daemon, 'lib/Makefile.am': 'lib_LTLIBRARIES = liborbit.la\n' }
  assert.deepEqual(await surfaceOf(daemon), {})
  for (const files of [told, library]) assert.deepEqual(Object.keys(await surfaceOf(files)), ['orbit.h'])
  const others = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`src/a${at}.py`, 'x = 1\n']))
  assert.deepEqual(await surfaceOf({ 'src/include/plan.h': 'int plan(void);\n', ...others }), {})
})

test('a header is included by the path that it names, by the one that includes the others, and as documents write it', async () => {
  const named = await surfaceOf({
    'include/orbit/orbit.hpp': '#include "plan.hpp"\nint whole();\n',
    'include/orbit/plan.hpp': '#pragma once\n// IWYU pragma: private, include "orbit/orbit.hpp"\nint plan();\n',
    'include/orbit/own.hpp': '// IWYU pragma: private, include "orbit/orbit.hpp"\nint own();\n',
  })
  assert.deepEqual(
    Object.entries(named).map(([path, names]) => [path, names.map((one) => one.split(' ')[0])]),
    [
      ['orbit/orbit.hpp', ['plan', 'whole']],
      ['orbit/own.hpp', ['own']],
    ],
  )
  const one = (name: string): string => `int ${name}();\n`
  const whole = await surfaceOf({
    'include/orbit/all.hpp': '#include "a.hpp"\n#include <orbit/b.hpp>\n#include "c.hpp"\n',
    'include/orbit/a.hpp': one('a'),
    'include/orbit/b.hpp': one('b'),
    'include/orbit/c.hpp': one('c'),
    'include/orbit/more.hpp': one('more'),
  })
  assert.deepEqual(Object.keys(whole), ['orbit/all.hpp', 'orbit/more.hpp'])
  const written = await surfaceOf({
    'Makefile.am': 'include_HEADERS = Orbit.h Orbit_More.h\n',
    'Orbit.h': one('orbit'),
    'Orbit_More.h': one('more'),
    'README.md': '# Orbit\n\n```c\n#include <orbit/Orbit.h>\n```\n\n#include "Orbit.h"\n',
  })
  assert.deepEqual(Object.keys(written), ['orbit/Orbit.h', 'orbit/Orbit_More.h'])
})

test('packages that are for tests and examples show nothing', async () => {
  const surface = await surfaceOf({
    'examples/a/package.json': JSON.stringify({ name: 'a', main: 'index.js' }),
    'examples/a/index.js': 'exports.a = function () {}\n',
  })
  assert.deepEqual(surface, {})
})

test('a package that gives `Object.assign(name, …)` gives the name and the members', async () => {
  const surface = await surfaceOf({
    'package.json': JSON.stringify({ name: 'orbit', version: '1.0.0', main: 'index.js' }),
    'index.js': "module.exports = require('./lib.js')\n",
    'lib.js': 'function plan() {}\nfunction draw() {}\nmodule.exports = Object.assign(plan, { draw })\n',
  })
  assert.deepEqual(surface, { orbit: ['draw lib.js#draw', 'export= lib.js#plan'] })
})

test('a crate shows the macros that macros define, and those that it exports under another name', async () => {
  const surface = await surfaceOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs': `#[macro_use]
mod macros;
pub use orbit as plan;
pub fn fly() {}
`,
    'src/macros.rs': `#[macro_export]
macro_rules! orbit { () => {} }
#[cfg(doc)]
__check![
    /// Checks.
    #[macro_export]
    macro_rules! check { ($cond:expr) => { if !$cond { return; } }; }
];
#[cfg(not(doc))]
__check![
    #[macro_export]
    macro_rules! check { ($($tt:tt)*) => { $crate::parse!([$($tt)*]) } }
];
fn after() {}
`,
  })
  assert.deepEqual(surface, {
    orbit: ['check src/macros.rs#check', 'fly src/lib.rs#fly', 'orbit src/macros.rs#orbit', 'plan src/macros.rs#orbit'],
  })
})
