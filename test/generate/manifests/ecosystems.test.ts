import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs, packageOf, packagesOf } from './packages-of.ts'

test('Cargo inherits from its workspace, and a feature that is on brings its dependency', async () => {
  const packages = await packagesOf({
    'Cargo.toml': `
[workspace]
members = ["crates/*"]
[workspace.package]
version = "2.0.0"
license = "MIT OR Apache-2.0"
[workspace.dependencies]
json = { package = "serde_json", version = "1" }
`,
    'crates/orbit/Cargo.toml': `
[package]
name = "orbit"
version.workspace = true
license = { workspace = true }
[lib]
path = "lib.rs"
[[bin]]
name = "tool"
path = "tool.rs"
[[bin]]
name = "watch"
path = "watch.rs"
required-features = ["std", "extra"]
[[bin]]
name = "big"
required-features = ["std"]
[features]
default = ["std"]
std = ["dep:on", "off?/std"]
extra = ["off"]
[dependencies]
json.workspace = true
on = { version = "1", optional = true }
off = { version = "1", optional = true }
lone = { version = "1", optional = true }
[target.'cfg(unix)'.dependencies]
libc = "0.2"
[target.'cfg(any())'.dependencies]
never = "1"
[dev-dependencies]
trybuild = "1"
[build-dependencies]
cc = "1"
`,
    'crates/orbit/lib.rs': 'pub fn f() {}\n',
    'crates/orbit/tool.rs': 'fn main() {}\n',
    'crates/orbit/src/bin/fixture.rs': 'fn main() {}\n',
    'crates/orbit/src/bin/orbit.rs': 'fn main() {}\n',
    'crates/orbit/src/bin/big/main.rs': 'fn main() {}\n',
    'crates/help/Cargo.toml': '[package]\nname = "help"\npublish = []\n',
  })
  assert.deepEqual(
    packages.map(({ name, isPrivate }) => [name, isPrivate]),
    [
      [null, true],
      ['help', true],
      ['orbit', false],
    ],
  )
  const orbit = packages[2]
  assert.ok(orbit)
  assert.deepEqual([orbit.version, orbit.licence], ['2.0.0', 'MIT OR Apache-2.0'])
  assert.deepEqual(needs(orbit), [
    'serde_json',
    'on (feature = "std")',
    'libc (cfg(unix))',
    'off (optional extra)',
    'lone (optional lone)',
    'trybuild (development)',
    'cc (build)',
  ])
  assert.deepEqual(orbit.programs, [
    { name: 'tool', runs: 'crates/orbit/tool.rs' },
    { name: 'watch', runs: 'watch.rs', isOptional: true },
    { name: 'big', runs: 'crates/orbit/src/bin/big/main.rs' },
    { name: 'orbit', runs: 'crates/orbit/src/bin/orbit.rs' },
  ])
  assert.deepEqual(orbit.entries, [{ subpath: '.', file: 'crates/orbit/lib.rs' }])
})

test('a feature of Cargo that has the name of an optional dependency does not enable it', async () => {
  const orbit = await packageOf({
    'Cargo.toml': `
[package]
name = "orbit"
[dependencies]
rustls = { version = "1", optional = true }
tokio-rustls = { version = "1", optional = true }
serde = { version = "1", optional = true }
zlib = { version = "1", optional = true }
log = { version = "1", optional = true }
[features]
default = ["rustls", "serde/std", "log"]
rustls = ["dep:tokio-rustls", "zlib?/fast"]
raw = ["dep:rustls"]
[[bin]]
name = "watch"
path = "watch.rs"
required-features = ["log"]
`,
    'watch.rs': 'fn main() {}\n',
  })
  assert.deepEqual(needs(orbit), [
    'tokio-rustls (feature = "rustls")',
    'serde (feature = "default")',
    'log (feature = "log")',
    'rustls (optional raw)',
    'zlib (optional zlib)',
  ])
  assert.deepEqual(orbit.programs, [{ name: 'watch', runs: 'watch.rs' }])
})

test('a crate that depends by path, without a version, on another is internal, as is that one', async () => {
  const inner = async (table: string) => {
    const found = await packagesOf({
      'a/Cargo.toml': `[package]\nname = "a"\n[${table}]\nb = { path = "../b" }\n`,
      'b/Cargo.toml': '[package]\nname = "b"\n',
    })
    return found.map(({ isInner }) => isInner === true)
  }
  for (const table of ['dependencies', 'build_dependencies', "target.'cfg(unix)'.dependencies"])
    assert.deepEqual(await inner(table), [true, true], table)
  assert.deepEqual(await inner('dev-dependencies'), [false, false])
})

test('an optional crate has its feature, also one that is on by default, and the systems it is for', async () => {
  const orbit = await packageOf({
    'Cargo.toml': `
[package]
name = "orbit"
version = "1.0.0"
[features]
default = ["alloc", "plain", "dep:hidden"]
alloc = ["dep:jemalloc"]
tls = ["dep:native"]
web = ["tls", "native"]
socket = ["dep:native"]
[dependencies]
always = "1"
plain = { version = "1", optional = true }
hidden = { version = "1", optional = true }
[target.'cfg(not(windows))'.dependencies]
jemalloc = { version = "1", optional = true }
[target.'cfg(unix)'.dependencies]
native = { version = "1", optional = true }
[target.x86_64-pc-windows-msvc.dependencies]
hidden = { version = "1", optional = true }
`,
    'src/lib.rs': 'pub fn f() {}\n',
  })
  assert.deepEqual(needs(orbit), [
    'always',
    'plain (feature = "plain")',
    'hidden (feature = "default")',
    'jemalloc (cfg(all(feature = "alloc", not(windows))))',
    'hidden (feature = "default", x86_64-pc-windows-msvc)',
    'native (optional tls, cfg(unix))',
    'native (optional socket, cfg(unix))',
  ])
})

test('what a gemspec, a Gemfile or a recipe needs under a condition has it', async () => {
  const gem = `Gem::Specification.new do |spec|
  spec.name = "orbit"
  spec.version = "1.0"
  spec.add_dependency "always"
  if RUBY_ENGINE == "jruby"
    # Says.
    spec.add_dependency "jar"
  else
    spec.add_dependency "native", "~> 1"
  end
  spec.add_dependency "logger" if RUBY_VERSION >= "3.5"
  spec.add_dependency("base64", "~> 0.2") unless defined?(Base64)
end
`
  assert.deepEqual(needs(await packageOf({ 'orbit.gemspec': gem })), [
    'always',
    'jar (if RUBY_ENGINE == "jruby")',
    'native (not (if RUBY_ENGINE == "jruby"))',
    'logger (if RUBY_VERSION >= "3.5")',
    'base64 (unless defined?(Base64))',
  ])
  assert.deepEqual(needs(await packageOf({ Gemfile: 'gem "a"\nif ENV["B"]\n  gem "b"\nend\n' })), [
    'a',
    'b (if ENV["B"])',
  ])
  const oneLine = 'group :test do\n  if ENV["B"] then gem "b" end\nend\ngem "c"\n'
  assert.deepEqual(needs(await packageOf({ Gemfile: oneLine })), ['c'])
  const recipe = `from conan import ConanFile
class Orbit(ConanFile):
    name = "orbit"
    def requirements(self):
        self.requires("fmt/10")
        if self.options.with_zlib:
            self.requires("zlib/1.3")
`
  assert.deepEqual(needs(await packageOf({ 'conanfile.py': recipe })), ['fmt', 'zlib (if self.options.with_zlib)'])
})

test('a main package for js/wasm alone, and one that CI runs, is no program; one in cmd is, beside one of the name only if the README names it', async () => {
  const main = 'package main\n\nfunc main() {}\n'
  const { programs } = await packageOf({
    'go.mod': 'module example.org/acme/orbit\n',
    'README.md': '    go install example.org/acme/orbit/cmd/plan@latest\n\nSee `cmd/service` and cmd/helpers.\n',
    'cmd/helper/main.go': main,
    'main.go': main,
    'cmd/plan/main.go': main,
    'cmd/service/main_windows.go': main,
    'web/wasm/main.go': `//go:build js && wasm\n\n${main}`,
    'src/stamp/main.go': main,
    '.github/workflows/release.yml':
      'jobs:\n  a:\n    steps:\n      - run: |\n          VERSION=1 go run ./src/stamp/main.go\n          go run ./cmd/plan\n',
  })
  assert.deepEqual(programs.map(({ runs }) => runs).sort(), [
    'cmd/plan/main.go',
    'cmd/service/main_windows.go',
    'main.go',
  ])
})

test('Go requires what it names itself; folders with a main package are programs', async () => {
  const [root, inner] = await packagesOf({
    'go.mod': `module example.org/acme/orbit/v2 // own

go 1.24
require example.org/one v1.0.0
require (
	example.org/two v2.0.0
	example.org/three v3.0.0 // indirect
	example.org/lint v1.0.0
	example.org/assert v1.0.0
)
tool example.org/lint/cmd/lint
`,
    'orbit.go': '// Package orbit plans.\npackage orbit\n\nimport (\n\t"example.org/one/sub"\n)\n',
    'orbit_test.go':
      'package orbit\n\nimport (\n\t"example.org/one"\n\t. "example.org/assert/require" // for short\n)\n',
    'cmd/plan/main.go': '// Copyright\n\n/* package x */\npackage main\n\nfunc main() {}\n',
    'cmd/plan/more.go': 'package main\n',
    'gen/gen.go': '//go:build ignore\n\npackage main\n\nfunc main() {}\n',
    'text/text.go': 'package text\n\nconst t = `\npackage main\nfunc main() {}\n`\n',
    'tools/go.mod': 'module example.org/acme/orbit/tools\n',
    'tools/main.go': 'package main\n\nfunc main() {}\n',
  })
  assert.ok(root && inner)
  assert.equal(root.name, 'example.org/acme/orbit/v2')
  assert.deepEqual(needs(root), [
    'example.org/one',
    'example.org/two',
    'example.org/lint (development)',
    'example.org/assert (development)',
  ])
  assert.deepEqual(root.programs, [{ name: 'plan', runs: 'cmd/plan/main.go' }])
  assert.deepEqual(root.entries, [{ subpath: '.', file: 'orbit.go' }])
  assert.deepEqual(inner.programs, [{ name: 'tools', runs: 'tools/main.go' }])
  assert.equal((await packageOf({ 'go.mod': 'module orbit\n', 'a.go': 'package a\n' })).isPrivate, true)
  const isPrivate = async (files: Record<string, string>): Promise<boolean> =>
    (await packageOf({ 'go.mod': 'module example.org/acme/orbit\n', ...files })).isPrivate
  assert.equal(await isPrivate({ 'plan/plan.go': 'package plan\n' }), false)
  assert.equal(
    await isPrivate({ 'internal/a.go': 'package a\n', 'cmd/orbit/m.go': 'package main\nfunc main() {}\n' }),
    false,
  )
  const nothing = { 'internal/a/a.go': 'package a\n', 'examples/b/b.go': 'package main\n\nfunc main() {}\n' }
  assert.equal(await isPrivate(nothing), true, 'nothing to import or run')
  const isPrivateIn = async (folder: string, path: string): Promise<boolean | undefined> =>
    (
      await packagesOf({ [`${folder}/go.mod`]: `module example.org/acme/${path}\n`, [`${folder}/a.go`]: 'package a\n' })
    )[0]?.isPrivate
  for (const [folder, path] of [
    ['ext', 'orbit/ext'],
    ['v2', 'orbit/v2'],
    ['ext/v2', 'orbit/ext/v2'],
    ['ext', 'ext/v3'],
  ] as const)
    assert.equal(await isPrivateIn(folder, path), false, path)
  assert.equal(await isPrivateIn('pkg/ext', 'orbit/ext'), true, 'the path of a module ends with its folder')
})

test('a gemspec and a Gemfile say what a line says as a literal', async () => {
  const gem = `# frozen_string_literal: true
Gem::Specification.new do |s|
  s.name                     = "orbit-planner".freeze
  s.summary = 'Plans ' \\
              'the burns.' # short
  s.licenses = ["MIT", "Apache-2.0"]
  s.version = Orbit::VERSION
  s.bindir = "exe"
  s.executables = %w[orbit plan]
  s.add_dependency "kepler", "~> 1.0"
  s.add_runtime_dependency(%q<rack>, [">= 2"])
  s.add_development_dependency 'rake'
  # s.add_dependency "gone"
  s.description = <<~TEXT
    s.add_dependency "text"
  TEXT
  s.add_dependency name
end
`
  const gemfile = `source "https://rubygems.org"
gemspec
gem "rails", "~> 8"
group :development, :test do
  gem 'rspec'
  if ENV["X"]
    gem "debug"
  end
end
gem "pg", group: :production
gem "yard", groups: [:docs, "development"], require: false
platforms :ruby do
  gem "sqlite3"
end
`
  const [first, second] = await packagesOf({
    'orbit-planner.gemspec': gem,
    Gemfile: gemfile,
    'lib/orbit/planner.rb': 'x\n',
  })
  assert.ok(first && second)
  assert.ok(needs(first).every((one) => one.includes('development')))
  const { description, licence, version, programs, entries } = second
  assert.deepEqual([second.name, description, licence, version], ['orbit-planner', 'Plans the burns.', 'MIT', null])
  assert.deepEqual(needs(second), ['kepler', 'rack', 'rake (development)'])
  assert.deepEqual(programs, [
    { name: 'orbit', runs: 'exe/orbit' },
    { name: 'plan', runs: 'exe/plan' },
  ])
  assert.deepEqual(entries, [{ subpath: '.', file: 'lib/orbit/planner.rb' }])
  const app = await packageOf({ Gemfile: gemfile })
  assert.deepEqual(needs(app), [
    'rails',
    'pg (production)',
    'sqlite3 (ruby)',
    'rspec (development development)',
    'debug (development development)',
    'yard (development docs)',
  ])
  const closed =
    'Gem::Specification.new "x" do |s|\n  s.metadata["allowed_push_host"] = "https://gems.example.org"\nend\n'
  assert.equal((await packageOf({ 'x.gemspec': closed })).isPrivate, true)
  const onOneLine = await packageOf({
    'x.gemspec': `Gem::Specification.new { |s| s.name = 'x'; s.licenses = ['MIT']; s.files = Dir['lib/**']; s.add_dependency 'rack' }`,
  })
  assert.deepEqual([onOneLine.name, onOneLine.licence, needs(onOneLine)], ['x', 'MIT', ['rack']])
  const last = await packageOf({ 'x.gemspec': "Gem::Specification.new { |s| s.name = 'x' }" })
  assert.equal(last.name, 'x')
  const onSeveral = "Gem::Specification.new 'x' do |s|\n  s.executables = %w[\n    orbit\n    plan\n  ]\nend\n"
  assert.deepEqual(
    (await packageOf({ 'x.gemspec': onSeveral })).programs.map(({ name }) => name),
    ['orbit', 'plan'],
  )
})

test('composer.json has packages, commands and namespaces', async () => {
  const found = await packageOf({
    'composer.json': JSON.stringify({
      name: 'acme/orbit',
      license: ['MIT', 'Apache-2.0'],
      keywords: ['plans', 'testing'],
      require: { php: '>=8', 'ext-json': '*', 'psr/log': '^3' },
      'require-dev': { 'phpunit/phpunit': '^11' },
      bin: ['bin/orbit'],
      scripts: { test: ['phpunit', '@lint'], hook: 'X::y' },
      autoload: { 'psr-4': { 'Acme\\Orbit\\': 'src/', 'Gone\\': 'gone/' }, files: ['src/functions.php'] },
    }),
    'src/Plan.php': '<?php\n',
    'src/functions.php': '<?php\n',
  })
  assert.equal(found.licence, 'MIT OR Apache-2.0')
  assert.equal(found.isForDevelopment, true)
  assert.deepEqual(needs(found), ['ext-json', 'psr/log', 'phpunit/phpunit (development)'])
  assert.deepEqual(found.scripts, [
    { name: 'test', command: 'phpunit && @lint' },
    { name: 'hook', command: 'X::y' },
  ])
  assert.deepEqual(found.programs, [{ name: 'orbit', runs: 'bin/orbit' }])
  assert.deepEqual(found.entries, [
    { subpath: 'Acme\\Orbit\\', file: 'src' },
    { subpath: '.', file: 'src/functions.php' },
  ])
})

test('Maven takes coordinates, properties and scopes from the poms above', async () => {
  const dependency = (group: string, artifact: string, more = ''): string =>
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId>${more}</dependency>`
  const [parent, child] = await packagesOf({
    'pom.xml': `<project><groupId>org.acme</groupId><artifactId>parent</artifactId><version>1</version><packaging>pom</packaging>
      <licenses><license><name>\${lic}</name></license></licenses>
      <properties><junit.group>org.junit</junit.group><lic>Apache-2.0</lic><boot>spring-boot</boot><loop>\${loop}</loop></properties>
      <dependencyManagement><dependencies>${dependency('org.junit', 'junit', '<scope>test</scope>')}</dependencies></dependencyManagement>
      <dependencies>${dependency('org.slf4j', 'slf4j-api')}</dependencies></project>`,
    'orbit/pom.xml': `<project><parent><groupId>org.acme</groupId><artifactId>parent</artifactId><version>1</version></parent>
      <artifactId>orbit</artifactId><build><plugins><plugin><artifactId>\${boot}-maven-plugin</artifactId></plugin></plugins></build>
      <dependencies>${dependency('${junit.group}', 'junit')}${dependency('${project.groupId}', 'core')}${dependency('${loop}', 'x')}
      ${dependency('jakarta', 'servlet', '<scope>provided</scope>')}${dependency('a', 'b', '<optional>true</optional>')}${dependency('f', 'jsr305', '<optional>true</optional>')}<!-- Compile-time dependencies -->${dependency('c', 'd', '<optional>true</optional>')}<!-- More -->${dependency('e', 'marks-annotations', '<scope>provided</scope>')}</dependencies></project>`,
  })
  assert.ok(parent && child)
  assert.deepEqual([parent.name, parent.isPrivate], ['org.acme:parent', true])
  assert.deepEqual([child.name, child.version, child.isPrivate], ['org.acme:orbit', '1', false])
  assert.deepEqual(child.tools, ['spring-boot-maven-plugin'])
  assert.deepEqual([parent.licence, child.licence], ['Apache-2.0', 'Apache-2.0'])
  assert.deepEqual(needs(child), [
    'org.acme:core',
    'org.slf4j:slf4j-api',
    'jakarta:servlet (peer provided)',
    'a:b (optional)',
    'f:jsr305 (optional)',
    'org.junit:junit (development)',
    'c:d (build)',
    'e:marks-annotations (build)',
  ])
})

test('a module that the poms above do not list is not part of the Maven build', async () => {
  const parent = '<parent><groupId>a</groupId><artifactId>all</artifactId></parent>'
  const pom = (name: string, more = ''): string => `<project>${parent}<artifactId>${name}</artifactId>${more}</project>`
  const packages = await packagesOf({
    'pom.xml':
      '<project><groupId>a</groupId><artifactId>all</artifactId><modules><module>core</module><!-- <module>old</module> --></modules><profiles><profile><modules><module>more/extra/</module></modules></profile></profiles></project>',
    'core/pom.xml': pom('core'),
    'old/pom.xml': pom('old'),
    'more/extra/pom.xml': pom('extra').replace('</parent>', '<relativePath>../../pom.xml</relativePath></parent>'),
    'other/pom.xml': '<project><groupId>a</groupId><artifactId>other</artifactId></project>',
  })
  assert.deepEqual(
    packages.map(({ name }) => name),
    ['a:all', 'a:core', 'a:other', 'a:extra'],
  )
})

test('the manifest of an archetype is data of its project', async () => {
  const packages = await packagesOf({
    'pom.xml': '<project><groupId>org.acme</groupId><artifactId>quickstart</artifactId></project>',
    'src/main/resources/archetype-resources/pom.xml':
      '<project><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId></project>',
  })
  assert.deepEqual(
    packages.map(({ manifest }) => manifest),
    ['pom.xml'],
  )
})

test('Maven resolves properties in scopes and in what is optional', async () => {
  const cases: [more: string, expected: string][] = [
    ['<scope>${hadoop.scope}</scope>', 'a:b (peer provided)'],
    ['<scope>${tests}</scope>', 'a:b (development)'],
    ['<optional>${isOptional}</optional>', 'a:b (optional)'],
    ['<scope>${unknown}</scope>', 'a:b'],
  ]
  for (const [more, expected] of cases) {
    const [found] = await packagesOf({
      'pom.xml': `<project><groupId>org.acme</groupId><artifactId>orbit</artifactId><version>1</version>
        <properties><hadoop.scope>provided</hadoop.scope><tests>test</tests><isOptional>true</isOptional></properties>
        <dependencies><dependency><groupId>a</groupId><artifactId>b</artifactId>${more}</dependency></dependencies></project>`,
    })
    assert.deepEqual(found && needs(found), [expected], more)
  }
})

test('Maven inherits from its parent only, and a declaration replaces that of the parent', async () => {
  const dependency = (name: string, more = ''): string =>
    `<dependency><groupId>a</groupId><artifactId>${name}</artifactId>${more}</dependency>`
  const parent = '<parent><groupId>org.acme</groupId><artifactId>parent</artifactId></parent>'
  const packages = await packagesOf({
    'pom.xml': `<project><groupId>org.acme</groupId><artifactId>parent</artifactId><packaging>pom</packaging>
      <build><pluginManagement><plugins><plugin><artifactId>maven-compiler-plugin</artifactId>
        <configuration><release>17</release></configuration></plugin></plugins></pluginManagement></build>
      <dependencyManagement><dependencies>${dependency('core', '<type>test-jar</type><scope>test</scope>')}${dependency('core')}</dependencies></dependencyManagement>
      <dependencies>${dependency('twice', '<scope>test</scope>')}${dependency('late')}</dependencies></project>`,
    'orbit/pom.xml': `<project>${parent}<artifactId>orbit</artifactId>
      <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId></plugin></plugins></build>
      <dependencies>${dependency('twice', '<scope>provided</scope>')}${dependency('late', '<scope>test</scope>')}${dependency('core')}
      <!-- Compile dependencies -->${dependency('servlet', '<scope>provided</scope>')}</dependencies></project>`,
    'same/pom.xml':
      '<project><parent><groupId>org.other</groupId><artifactId>parent</artifactId></parent><artifactId>same</artifactId></project>',
  })
  const orbit = packages.find(({ name }) => name === 'org.acme:orbit')
  assert.ok(orbit)
  assert.equal(orbit.needs, 'Java 17')
  assert.deepEqual(needs(orbit), [
    'a:core',
    'a:twice (peer provided)',
    'a:servlet (peer provided)',
    'a:late (development)',
  ])
  const same = packages.find(({ name }) => name === 'org.other:same')
  assert.ok(same)
  assert.deepEqual([same.needs, needs(same)], [undefined, []])
})

test('Maven walks past no pom that is not the parent', async () => {
  const packages = await packagesOf({
    'pom.xml': `<project><groupId>org.acme</groupId><artifactId>company</artifactId>
      <properties><java.version>8</java.version></properties></project>`,
    'all/pom.xml':
      '<project><parent><groupId>org.acme</groupId><artifactId>company</artifactId></parent><artifactId>all</artifactId></project>',
    'all/app/pom.xml':
      '<project><parent><groupId>org.boot</groupId><artifactId>company</artifactId></parent><artifactId>app</artifactId></project>',
  })
  assert.deepEqual(
    packages.map(({ name, needs: java }) => [name, java]),
    [
      ['org.acme:company', 'Java 8'],
      ['org.acme:all', 'Java 8'],
      ['org.boot:app', undefined],
    ],
  )
})

test('Maven inherits the property that skips deployment, unless the module overrides it; archetypes are for no import', async () => {
  const module = (name: string, properties = ''): string =>
    `<project><parent><groupId>org.acme</groupId><artifactId>parent</artifactId><version>1</version></parent>
     <artifactId>${name}</artifactId>${properties}</project>`
  const packages = await packagesOf({
    'pom.xml': `<project><groupId>org.acme</groupId><artifactId>parent</artifactId><version>1</version>
      <properties><maven.deploy.skip>true</maven.deploy.skip></properties></project>`,
    'a/pom.xml': module('a'),
    'b/pom.xml': module('b', '<properties><maven.deploy.skip>false</maven.deploy.skip></properties>'),
    'c/pom.xml': module(
      'c',
      '<packaging>maven-archetype</packaging><properties><maven.deploy.skip>false</maven.deploy.skip></properties>',
    ),
  })
  const published = packages.filter(({ isPrivate }) => !isPrivate)
  assert.deepEqual(
    published.map(({ name }) => name),
    ['org.acme:b'],
  )
})

test('Gradle publishes by a plugin of its catalogue, under the name in the properties', async () => {
  const files = {
    'settings.gradle': 'rootProject.name = "Orbit"\n',
    'gradle/libs.versions.toml': '[plugins]\npub = { id = "com.vanniktech.maven.publish", version = "1" }\n',
    'gradle.properties': 'GROUP=org.acme\nPOM_ARTIFACT_ID=orbit\nVERSION_NAME=1.2\nPOM_DESCRIPTION=Computes orbits.\n',
  }
  const [root] = await packagesOf({ ...files, 'build.gradle': 'plugins {\n  alias(libs.plugins.pub)\n}\n' })
  assert.ok(root)
  assert.deepEqual(
    [root.name, root.version, root.description, root.isPrivate],
    ['org.acme:orbit', '1.2', 'Computes orbits.', false],
  )
  const id = 'id("com.vanniktech.maven.publish")'
  const [literal] = await packagesOf({ ...files, 'build.gradle': `plugins {\n  ${id} version "1"\n}\napply false\n` })
  assert.equal(literal?.isPrivate, false)
  for (const off of [
    'alias(libs.plugins.pub) apply false',
    'alias(libs.plugins.pub).apply(false)',
    `${id} apply false`,
    `${id} version "1.0" apply false`,
    `${id}.version(publishVersion).apply(false)`,
    "id 'com.vanniktech.maven.publish' version '1.0' apply false",
  ]) {
    const [other] = await packagesOf({ ...files, 'build.gradle': `plugins {\n  ${off}\n}\n` })
    assert.equal(other?.isPrivate, true, off)
  }
})

test('a project of Gradle with the id of its artifact is published, also by a plugin that code of the build applies', async () => {
  const projects = await packagesOf({
    'settings.gradle': 'rootProject.name = "orbit"\n',
    'build.gradle': 'group = "org.acme"\n',
    'core/build.gradle': 'library("core")\n',
    'core/gradle.properties': 'POM_ARTIFACT_ID=orbit-core\n',
    'tools/build.gradle': 'library("tools")\n',
  })
  assert.deepEqual(
    projects.filter(({ isPrivate }) => !isPrivate).map(({ name }) => name),
    ['org.acme:orbit-core'],
  )
})

test('a project of Gradle has the name and the folder in the settings', async () => {
  const projects = await packagesOf({
    'settings.gradle.kts': `rootProject.name = "orbit"
include(":orbit-json", ":orbit-xml")
project(":orbit-json").projectDir = file("./formats/json")
include(":cli")
project(":cli").name = "orbit-cli"
project(':orbit-xml').projectDir = new File(rootDir, "formats/xml")
`,
    'build.gradle.kts': 'group = "org.acme"\n',
    'formats/json/build.gradle.kts': 'x\n',
    'formats/xml/build.gradle.kts': 'x\n',
    'cli/build.gradle.kts': 'x\n',
    'tools/build.gradle.kts': 'x\n',
  })
  assert.deepEqual(
    new Set(projects.map(({ name }) => name)),
    new Set(['orbit', 'orbit-cli', 'orbit-json', 'orbit-xml', 'tools'].map((name) => `org.acme:${name}`)),
  )
})

test('a configuration of another source set of Gradle is no dependency of the library', async () => {
  const lines = ['api "a:a:1"', 'implementation "b:b:1"', 'codegenImplementation "c:c:1"', 'jvmMainApi "d:d:1"']
  const orbit = await packageOf({
    'settings.gradle': 'rootProject.name = "orbit"\n',
    'build.gradle': `group = "org.acme"\ndependencies {\n  ${lines.join('\n  ')}\n}\n`,
  })
  assert.deepEqual(needs(orbit), ['a:a', 'b:b', 'd:d', 'c:c (build)'])
})

test('Gradle: dependencies with a computed version, on the next line, and in a list, but no constraints', async () => {
  const lines = ['api "a:a:$v", "b:b:1",\n  \'c:c\'', 'api(\n  "d:d:$v"\n)', 'api "e:$e:1"', 'api("f:f-$f:1")']
  lines.push('constraints {\n  api("g:g:1")\n}')
  const orbit = await packageOf({ 'build.gradle': `dependencies {\n  ${lines.join('\n  ')}\n}\n` })
  assert.deepEqual(needs(orbit), ['a:a', 'b:b', 'c:c', 'd:d'])
})

test('Gradle: the group and description of a task are not those of the project', async () => {
  const task = 'tasks.register("check2") {\n  group = "verification"\n  description = "Checks."\n}\n'
  const files = { 'settings.gradle.kts': 'rootProject.name = "orbit"\n', 'gradle.properties': 'GROUP=org.acme\n' }
  const [root] = await packagesOf({ ...files, 'build.gradle.kts': task })
  assert.deepEqual([root?.name, root?.description], ['org.acme:orbit', null])
  const [own] = await packagesOf({
    ...files,
    'build.gradle.kts': `${task}group = "org.own"\ndescription = "Orbits."\n`,
  })
  assert.deepEqual([own?.name, own?.description], ['org.own:orbit', 'Orbits.'])
  for (const block of ['allprojects', 'subprojects', 'configure(subprojects)']) {
    const [all] = await packagesOf({
      ...files,
      'build.gradle': `${task}${block} {\n  group 'org.all'\n  version = "2"\n}\n`,
    })
    assert.deepEqual([all?.name, all?.version, all?.description], ['org.all:orbit', '2', null])
  }
  const ofTasks = `subprojects {\n  description = "A part."\n  configure(checkMain) {\n    group = 'Verify'\n    description = 'Checks.'\n  }\n}\n`
  const [bare] = await packagesOf({ ...files, 'build.gradle': ofTasks })
  assert.deepEqual([bare?.name, bare?.description], ['org.acme:orbit', null])
  const publish = "apply plugin: 'maven-publish'"
  for (const [build, isPrivate] of [
    [`subprojects {\n  ${publish}\n}\n`, true],
    [`project(':core') {\n  ${publish}\n}\n`, true],
    [`allprojects {\n  ${publish}\n}\n`, false],
    [`subprojects {\n}\n${publish}\n`, false],
    ['apply(plugin = "maven-publish")\n', false],
    ['plugins { `maven-publish` }\n', false],
    ['plugins {\n  `maven-publish`\n}\n', false],
  ] as const) {
    const [one] = await packagesOf({ ...files, 'build.gradle': build })
    assert.equal(one?.isPrivate, isPrivate, build)
  }
})

test('A project of Gradle is published by its root project, a script or a convention plugin, which also may state its group', async () => {
  const conventions = 'build-logic/src/main/kotlin'
  const files = {
    'settings.gradle.kts': 'include(":core", ":own", ":all")\n',
    [`${conventions}/orbit.base.gradle.kts`]:
      'group = "org.acme"\ntasks { register("check") { group = "verification" } }\n',
    [`${conventions}/orbit.library.gradle.kts`]: 'plugins {\n  id("orbit.base")\n  id("com.example.publish")\n}\n',
  }
  const isPrivate = async (root: string, core: string): Promise<[string | null | undefined, boolean | undefined]> => {
    const found = await packagesOf({ ...files, 'build.gradle.kts': root, 'core/build.gradle.kts': core })
    const one = found.find(({ folder }) => folder === 'core')
    return [one?.name, one?.isPrivate]
  }
  const publish = 'apply(plugin = "maven-publish")'
  for (const [root, core, expected] of [
    ['', '', true],
    [`configure(subprojects.filter { it.name != "bom" }) {\n  ${publish}\n}\n`, '', true],
    [`subprojects {\n  ${publish}\n}\n`, '', false],
    [`configure(project.coreProjects) {\n  ${publish}\n}\n`, '', false],
    [`${publish}\n`, '', true],
    [`subprojects {\n  project.ext.release = {\n    ${publish}\n  }\n}\n`, '', true],
    [`subprojects {\n  project.ext.release = {\n    ${publish}\n  }\n}\n`, 'release()\n', false],
    [`def release(p) {\n  ${publish}\n}\n`, 'release(project)\n', false],
    ['', 'apply(from = file("../gradle/publish.gradle.kts"))\n', false],
    ['', 'apply from: "$rootDir/publishing.gradle"\n', false],
    ['', 'plugins { id("orbit.library") }\n', false],
    ['', 'plugins {\n  orbit.`library`\n}\n', false],
    ['', 'plugins { id("orbit.base") }\n', true],
  ] as const)
    assert.deepEqual(await isPrivate(root, core), ['org.acme:core', expected], `${root} ${core}`)
})

test('A build of Scala makes the library that its README tells users to depend on', async () => {
  const sbt = await packagesOf({
    'build.sbt': 'ThisBuild / organization := "org.acme"\nname := "root"\n',
    'README.md': 'Needs `"org.other" %% "other" % "1"`. Add `libraryDependencies += "org.acme" %% "orbit" % "1.0"`.\n',
  })
  assert.deepEqual(
    sbt.map(({ ecosystem, name, isPrivate }) => [ecosystem, name, isPrivate]),
    [['maven', 'org.acme::orbit', false]],
  )
  for (const organization of [
    'organization in ThisBuild := "org.acme"',
    'organization in (ThisBuild) :=\n  "org.acme"',
  ])
    assert.deepEqual(
      (
        await packagesOf({ 'build.sbt': `${organization}\n`, 'README.md': 'Add `"org.acme" %% "orbit" % "1.0"`.\n' })
      ).map(({ name }) => name),
      ['org.acme::orbit'],
    )
  const mill = await packagesOf({
    'build.mill': 'def pomSettings = PomSettings(\n  organization = "org.acme",\n)\n',
    'Readme.adoc': '[source,scala]\n----\nivy"org.acme::orbit:{version}"\n----\n',
  })
  assert.deepEqual(
    mill.map(({ name }) => name),
    ['org.acme::orbit'],
  )
  const elsewhere = await packagesOf({
    'build.sbt': 'name := "root"\n',
    'publish.sbt': 'ThisBuild / organization := "org.acme"\n',
    'README.md': 'Add `"org.acme" %% "orbit" % "1.0"`.\n',
  })
  assert.deepEqual(
    elsewhere.map(({ name }) => name),
    ['org.acme::orbit'],
  )
  assert.deepEqual(await packagesOf({ 'build.sbt': 'organization := "org.acme"\n', 'README.md': 'A program.\n' }), [])
  const [named] = await packagesOf({
    'build.sbt': 'lazy val core = project.settings(moduleName := "orbit-core")\n',
    'README.md': 'Needs `"org.acme" %% "other" % "1"`. Add `"org.acme" %% "orbit-core" % "1"`.\n',
  })
  assert.equal(named?.name, 'org.acme::orbit-core')
})

test('Gradle says dependencies as literals, by groups and by its catalogue', async () => {
  const [root] = await packagesOf({
    'settings.gradle.kts': 'rootProject.name = "orbit"\n',
    'gradle/libs.versions.toml': `[libraries]
okio = "com.squareup:okio:3"
ktor-core = { module = "io.ktor:ktor-core", version.ref = "x" }
junit = { group = "junit", name = "junit" }
[bundles]
all = ["okio", "ktor-core"]
`,
    'build.gradle.kts': `plugins { id("maven-publish") }
group = "org.acme"
dependencies {
  api("com.google:guava:33") // ok
  implementation(libs.okio)
  implementation(libs.bundles.all)
  implementation(project(":core"))
  compileOnly("org.x:annotations:1")
  testImplementation(libs.junit)
  // implementation("no:no:1")
  compileOnlyApi("org.x:markers:1")
  debugImplementation("org.x:leaks:1")
  "jmhImplementation"("org.x:bench:1")
  "quoted"("no:configuration:1")
  implementation group: 'old', name: 'style', version: '1'
}
kotlin { sourceSets {
  val jvmMain by getting { dependencies {
    implementation("org.x:jvm:1")
  } }
  val commonTest by getting { dependencies {
    implementation("kt:test:1")
  } }
  getByName("jvmHostTest").dependencies {
    implementation("org.x:host:1")
  }
} }
`,
  })
  assert.ok(root)
  assert.deepEqual([root.name, root.isPrivate], ['org.acme:orbit', false])
  assert.deepEqual(needs(root), [
    'com.google:guava',
    'com.squareup:okio',
    'io.ktor:ktor-core',
    ':core',
    'old:style',
    'org.x:jvm (jvm)',
    'junit:junit (development)',
    'org.x:leaks (development)',
    'org.x:bench (development)',
    'kt:test (development)',
    'org.x:host (development)',
    'org.x:annotations (build)',
    'org.x:markers (build)',
  ])
})

test('.NET, Elixir, Dart, Swift and Conan', async () => {
  const dotnet = await packageOf({
    'src/Orbit/Orbit.csproj': `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><PackageId>Acme.Orbit</PackageId><Version>$(V)</Version></PropertyGroup>
      <ItemGroup><PackageReference Include="Dapper" Version="2" /><PackageReference Include="Analyzers" PrivateAssets="all" /></ItemGroup></Project>`,
    // Not of this project alone.
    'Directory.Build.props':
      '<Project><PropertyGroup><Version>3.0</Version></PropertyGroup><ItemGroup><PackageReference Include="All" /></ItemGroup></Project>',
  })
  assert.deepEqual([dotnet.name, dotnet.version, dotnet.isPrivate], ['Acme.Orbit', '3.0', false])
  assert.deepEqual(needs(dotnet), ['Dapper', 'Analyzers (build)'])
  const chosen = await packageOf({
    'A.csproj': `<Project Sdk="Microsoft.NET.Sdk"><ItemGroup Condition="'$(TargetFramework)' == 'net40' and '$(BuildTarget)' == 'fsharp'">
      <PackageReference Include="FSharp.Core" /></ItemGroup><ItemGroup Condition="'$(TargetFramework)' == 'net40'"><PackageReference Include="Old" /></ItemGroup></Project>`,
  })
  assert.deepEqual(needs(chosen), ['Old (net40)', 'FSharp.Core (optional BuildTarget=fsharp)'])
  const limited = await packageOf({
    'B.csproj': `<Project Sdk="Microsoft.NET.Sdk"><ItemGroup Condition=" '$(TargetFramework)' == 'net462' or '$(TargetFramework)' == 'net471' ">
      <PackageReference Include="Both" /></ItemGroup><ItemGroup Condition="$([MSBuild]::IsTargetFrameworkCompatible('$(TargetFramework)', 'net7.0'))"><PackageReference Include="New" /></ItemGroup>
      <ItemGroup><PackageReference Include="Poly" Condition="!$([MSBuild]::IsTargetFrameworkCompatible($(TargetFramework), 'net8.0'))" /></ItemGroup>
      <ItemGroup><PackageReference Include="Tuple" Condition="$([MSBuild]::GetTargetFrameworkIdentifier('$(TargetFramework)')) == '.NETFramework'" /></ItemGroup>
      <ItemGroup><PackageReference Include="Starts" Condition="!$(TargetFramework.StartsWith('net4'))" /></ItemGroup>
      <ItemGroup><PackageReference Include="Win" Condition="'$(OS)' == 'Windows_NT'" /><PackageReference Include="Always" /></ItemGroup>
      <ItemGroup><PackageReference Include="Either" Condition="'$(TargetFramework)' == 'netstandard2.0' or $(TargetFrameworkIdentifier) == '.NETFramework'" /></ItemGroup></Project>`,
  })
  assert.deepEqual(needs(limited), [
    'Both (net462)',
    'Both (net471)',
    'New (only where the target is compatible with net7.0)',
    'Poly (only where the target is not compatible with net8.0)',
    'Tuple (.NETFramework)',
    'Starts (only where the target is not net4*)',
    'Win (Windows_NT)',
    'Always',
    'Either (netstandard2.0)',
    'Either (.NETFramework)',
  ])
  const several = await packagesOf({
    'src/Directory.Build.props':
      '<Project><PropertyGroup><PackageIcon>orbit.png</PackageIcon></PropertyGroup></Project>',
    'src/Core/Core.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
    'src/Gen/Gen.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><IsPackable>false</IsPackable></PropertyGroup></Project>',
    'other/Other.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
  })
  assert.deepEqual(
    several.filter(({ isPrivate }) => !isPrivate).map(({ name }) => name),
    ['Core'],
  )
  const projects = await packagesOf({
    'src/Core/Core.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><PackageId>Acme.Core</PackageId></PropertyGroup></Project>',
    'src/Gen/Gen.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
    'src/Orbit/Orbit.csproj': String.raw`<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>
      <ProjectReference Include="..\Core\Core.csproj" /><ProjectReference Include="..\Gone\Gone.csproj" />
      <ProjectReference Include="..\Gen\Gen.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" /></ItemGroup></Project>`,
  })
  assert.deepEqual(projects.map(needs), [[], [], ['Acme.Core']])
  const web = await packageOf({ 'Web.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>' })
  assert.deepEqual([web.isPrivate, web.programs], [true, [{ name: 'Web', runs: 'Web.csproj' }]])
  const build = await packageOf({
    'Build.csproj':
      '<Project Sdk="Microsoft.Build.Traversal/2.0.24"><PropertyGroup><PackageId>Build</PackageId></PropertyGroup></Project>',
  })
  assert.equal(build.isPrivate, true)

  const swift = await packageOf({
    'Sources/a.swift': '',
    'Package.swift':
      'let package = Package(\n  name: "Orbit",\n  products: [.library(name: "Orbit", targets: ["Orbit"]), .executable(name: "plan", targets: ["x"])],\n  dependencies: [.package(url: "https://github.com/apple/swift-log.git", from: "1.0.0"), .package(url: "https://github.com/kylef/Spectre.git", from: "1.0.0"), .package(url: "https://github.com/orbit/CMoon", from: "1.0.0")],\n  targets: [.target(name: "Orbit", dependencies: [.product(name: "Moon", package: "CMoon", condition: .when(traits: ["Moon"]))]), .testTarget(name: "OrbitTests", dependencies: ["Orbit", "Spectre"])]\n)\n',
  })
  assert.deepEqual(
    [swift.name, swift.isPrivate, needs(swift), swift.programs, swift.entries],
    [
      'Orbit',
      false,
      ['swift-log', 'CMoon (optional)', 'Spectre (development)'],
      [{ name: 'plan', runs: 'plan' }],
      [{ subpath: 'Orbit', file: 'Sources' }],
    ],
  )
  const named = await packageOf({
    'Package.swift':
      '// swift-tools-version:5.3\nlet tools: [Package.Dependency] = [.package(url: "https://github.com/shibapm/Rocket", from: "1.0.0")]\nlet logging: Target.Dependency = .product(name: "Logging", package: "swift-log")\nlet package = Package(\n  name: "Orbit",\n  products: [.library(name: "Orbit", targets: ["Orbit"])],\n  dependencies: [.package(url: "https://github.com/apple/swift-log.git", from: "1.0.0")] + tools,\n  targets: [.target(name: "Orbit", dependencies: [logging])]\n)\n',
  })
  assert.deepEqual(needs(named), ['swift-log', 'Rocket (development)'])

  const conan = await packagesOf({
    'conanfile.py':
      'from conan import ConanFile\nclass Orbit(ConanFile):\n    name = "orbit"\n    version = "1.0"\n    requires = "zlib/1.3", "fmt/[>10]"\n    def build_requirements(self):\n        self.tool_requires("cmake/3.27")\n    def requirements(self):\n        self.requires("boost/1.84.0")\n',
    'app/conanfile.txt': '[requires]\nzlib/1.3\n# no\n[tool_requires]\ncmake/3.27\n[generators]\nCMakeDeps\n',
  })
  assert.deepEqual(conan.map(needs), [
    ['zlib', 'fmt', 'boost', 'cmake (build)'],
    ['zlib', 'cmake (build)'],
  ])
})
