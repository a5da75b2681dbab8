/** What the overview says that a repository is built on. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentOf } from './real-sample.ts'

const builtOn = async (texts: Record<string, string>): Promise<string> => {
  const { markdown, verification } = await documentOf(texts)
  assert.deepEqual(verification.faults, [])
  const overview = (markdown.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  return overview.split('## Built on')[1]?.split('\n## ')[0]?.trim() ?? ''
}

test('a package needs those of its own repository as well', async () => {
  const stack = await builtOn({
    'Cargo.toml':
      '[workspace]\nmembers = ["crates/*"]\n[package]\nname = "orbit"\nversion = "1.0.0"\n[dependencies]\nlog = "1"\norbit_filter = { path = "crates/filter", version = "1" }\n',
    'src/lib.rs': 'pub fn f() {}\n',
    'crates/filter/Cargo.toml': '[package]\nname = "orbit_filter"\nversion = "1.0.0"\n',
    'crates/filter/src/lib.rs': 'pub fn g() {}\n',
    // Nothing but another package of the repository is no base.
    'crates/map/Cargo.toml':
      '[package]\nname = "orbit_map"\nversion = "1.0.0"\n[dependencies]\norbit_filter = { path = "../filter", version = "1" }\n',
    'crates/map/src/lib.rs': 'pub fn h() {}\n',
  })
  assert.equal(stack, '- `Cargo.toml`: `log`, `orbit_filter`')
})

test('a project that only serves tests or benchmarks is not what others are built on', async () => {
  const stack = await builtOn({
    'orbit/build.gradle': "dependencies {\n  api 'org.log:log-all:1.0'\n}\n",
    'orbit/src/main/java/A.java': 'public class A {}\n',
    'test-processor/build.gradle': "dependencies {\n  api 'org.auto:auto-all:1.0'\n}\n",
    'test-processor/src/main/java/B.java': 'public class B {}\n',
    'android-test-app/build.gradle': "dependencies {\n  api 'org.net:net-all:1.0'\n}\n",
    'android-test-app/src/main/java/E.java': 'public class E {}\n',
    'orbit-benchmarks/build.gradle': "dependencies {\n  api 'org.jmh:jmh-all:1.0'\n}\n",
    'orbit-benchmarks/src/main/java/C.java': 'public class C {}\n',
    'orbit-fakefiles/build.gradle': "dependencies {\n  api 'org.time:time-all:1.0'\n}\n",
    'orbit-fakefiles/src/main/java/D.java': 'public class D {}\n',
  })
  assert.match(stack, /log-all/)
  assert.doesNotMatch(stack, /auto-all|net-all|jmh-all|time-all/)
})

test('a helper in another language is no package of the project, bindings are', async () => {
  const sources = Array.from({ length: 150 }, (_, at) => [
    `src/main/kotlin/A${at}.kt`,
    `class A${at} { fun f() = ${at} }\n`,
  ])
  const texts = (count: number): Record<string, string> => ({
    ...Object.fromEntries(sources),
    'badge/package.json': '{"name": "badge", "main": "a0.js", "dependencies": {"googleapis": "^1.0.0"}}',
    ...Object.fromEntries(Array.from({ length: count }, (_, at) => [`badge/a${at}.js`, 'exports.f = () => 1\n'])),
  })
  assert.equal(await builtOn(texts(1)), '')
  assert.match(await builtOn(texts(3)), /googleapis/)
})

test('what a program beside a library needs is not what the library is built on', async () => {
  const texts = {
    'go.mod': 'module example.org/orbit\n\ngo 1.22\n',
    'orbit.go': 'package orbit\n\nfunc F() {}\n',
    'generator/go.mod': 'module example.org/orbit/generator\n\nrequire example.org/writer v1.0.0\n',
    'generator/main.go': 'package main\n\nfunc main() {}\n',
  }
  assert.equal(await builtOn(texts), '')
})

test('another module of a Go repository is no dependency of it', async () => {
  const texts = {
    'go.mod': 'module example.org/orbit/v2\n\ngo 1.22\n',
    'orbit.go': 'package orbit\n\nfunc F() {}\n',
    'arc/go.mod':
      'module example.org/orbit/arc/v2\n\nrequire (\n\texample.org/orbit/v2 v2.0.1\n\texample.org/writer v1.0.0\n)\n',
    'arc/arc.go': 'package arc\n\nfunc G() {}\n',
  }
  assert.match(await builtOn(texts), /^- [^:]*: `example\.org\/writer`$/)
})

test('a long list of names is left out, and so is what is optional', async () => {
  const listOf = (count: number): Promise<string> =>
    builtOn({
      'Cargo.toml': `[package]\nname = "orbit"\nversion = "1.0.0"\n[dependencies]\nmoon = { version = "1", optional = true }\n${Array.from({ length: count }, (_, at) => `log${at} = "1"\n`).join('')}`,
      'src/lib.rs': 'pub fn f() {}\n',
    })
  assert.equal(await listOf(2), '- `Cargo.toml`: `log0`, `log1`')
  assert.equal(await listOf(16), '')
})

test('an artifact of the JVM has its group', async () => {
  const stack = await builtOn({
    'build.gradle':
      "dependencies {\n  api 'org.orbit.compose:runtime:1.0'\n  api 'org.orbit:orbit-core:1.0'\n  api project(':core')\n}\n",
    'src/main/java/A.java': 'public class A {}\n',
  })
  assert.match(stack, /`org\.orbit\.compose:runtime`, `org\.orbit:orbit-core`$/)
})

test('projects of a Gradle build are told by their artifacts, and logging alone is no base', async () => {
  const project = (folder: string, ...lines: string[]): Record<string, string> => ({
    [`${folder}/build.gradle.kts`]: `plugins { id("orbit-publication-library") }\ndependencies {\n${lines.join('\n')}\n}\n`,
    [`${folder}/src/main/java/${folder.replaceAll('-', '')}/A.java`]: 'public class A {}\n',
  })
  const stack = await builtOn({
    'settings.gradle.kts':
      'include(":orbit-core", ":orbit-cli", ":log", ":orbit-bom", ":orbit-template")\nproject(":log").name = "orbit-log"\nproject(":log").projectDir = file("orbit-log")\n',
    'build.gradle.kts': '',
    'gradle.properties': 'POM_GROUP_ID=org.orbit\n',
    ...project('orbit-core', 'implementation("org.sun:sun:1")'),
    ...project(
      'orbit-cli',
      'implementation(projects.orbitCore)',
      'api(projects.orbitLog)',
      'api(platform(project(":orbit-bom")))',
      'api(platform("org.moon:moon-bom:1"))',
      'api("org.moon:moon:1")',
    ),
    ...project('orbit-log', 'runtimeOnly("org.slf4j:slf4j-api:1")', 'api(projects.orbitCore)'),
    ...project('orbit-template', 'api("org.star:star:1")'),
    'orbit-bom/build.gradle.kts': '',
  })
  assert.equal(
    stack,
    '- `org.orbit:orbit-cli` (`orbit-cli/build.gradle.kts`): `org.orbit:orbit-core`, `org.orbit:orbit-log`, `org.moon:moon`\n- `org.orbit:orbit-core` (`orbit-core/build.gradle.kts`): `org.sun:sun`',
  )
})

test('a list of tools beside a program in another language is left out, and what the user brings is told as that', async () => {
  const stack = await builtOn({
    Gemfile: 'source "https://rubygems.org"\n\ngem "minitest"\n',
    'test/runner.rb': 'puts 1\n',
    'package.json':
      '{"name":"orbit","version":"1.0.0","main":"index.js","dependencies":{"sun":"1"},"peerDependencies":{"moon":"1"}}',
    'index.js': 'export function plan() {}\n',
  })
  assert.equal(stack, '- `package.json`: `sun`, `moon` (`peer`)')
})

test('a dependency that its manifest calls optional is told as that', async () => {
  const stack = await builtOn({
    'package.json':
      '{"name":"orbit","version":"1.0.0","main":"index.js","peerDependencies":{"moon":"1","sun":"1"},"peerDependenciesMeta":{"moon":{"optional":true}}}',
    'index.js': "import { phase } from 'moon'\n\nexport function plan() {\n  return phase()\n}\n",
  })
  assert.equal(stack, '- `package.json`: `sun` (`peer`), `moon` (`optional`)')
})

test('what a bundler copies into a package of npm is needed by it, not what that needs in turn', async () => {
  const stack = await builtOn({
    'package.json':
      '{"name":"orbit","version":"1.0.0","main":"index.js","dependencies":{"a":"1"},"devDependencies":{"b":"1","c":"1"},"inlinedDependencies":{"b":"1","d":"1"}}',
    'index.js': 'exports.plan = (body) => body\n',
  })
  assert.equal(stack, '- `package.json`: `a`, `b`')
})

test('what scripts of maintainers in another language need is left out; more than twelve packages fold', async () => {
  const texts: Record<string, string> = { 'scripts/requirements.txt': 'moon\n', 'scripts/add.py': 'x = 1\n' }
  for (let n = 0; n < 14; n++) {
    texts[`p${n}/package.json`] = `{"name":"orbit${n}","version":"1.0.0","main":"index.js","dependencies":{"sun":"1"}}`
    texts[`p${n}/index.js`] = 'export function plan() {}\n'
  }
  const stack = await builtOn(texts)
  assert.doesNotMatch(stack, /moon/)
  assert.match(stack, /<summary>and 2 more<\/summary>[\s\S]*`orbit9`[^\n]*: `sun`\n\n<\/details>/)
})

test('where the lists of most packages are too long, those of the others are left out', async () => {
  const crate = (name: string, count: number): string =>
    `[package]\nname = "${name}"\nversion = "1.0.0"\n[dependencies]\n${Array.from({ length: count }, (_, at) => `log${at} = "1"\n`).join('')}`
  const texts = (count: number): Record<string, string> => ({
    'Cargo.toml': '[workspace]\nmembers = ["orbit", "burn"]\n',
    ...{ 'orbit/Cargo.toml': crate('orbit', count), 'orbit/src/lib.rs': 'pub fn f() {}\n' },
    ...{ 'burn/Cargo.toml': crate('burn', 1), 'burn/src/lib.rs': 'pub fn g() {}\n' },
  })
  assert.match(await builtOn(texts(2)), /`orbit` .*`burn` /s)
  assert.equal(await builtOn(texts(16)), '')
})

test('what only the packages beside the main one are built on is not told', async () => {
  const names = (from: string): string =>
    JSON.stringify(Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`${from}${at}`, '1'])))
  const packageOf = (name: string, dependencies: string): string =>
    `{"name":"@acme/${name}","version":"1.0.0","main":"index.js","dependencies":${dependencies}}`
  const files = (main: string): Record<string, string> => ({
    'packages/orbit/package.json': packageOf('orbit', main),
    'packages/orbit/index.js': 'export function plan() {}\n',
    'packages/leg/package.json': packageOf('leg', '{"sun":"1"}'),
    'packages/leg/index.js': 'export function leg() {}\n',
    'packages/map/package.json': packageOf('map', '{"moon":"1"}'),
    'packages/map/index.js': 'export function map() {}\n',
  })
  assert.match(await builtOn(files('{"star":"1"}')), /star/)
  assert.equal(await builtOn(files(names('star'))), '')
})

test('the runtime told is that of the package at the top or of the name, or what all packages need', async () => {
  const runtimeOf = async (needs: Record<string, string>): Promise<string | undefined> => {
    const files = Object.entries(needs).flatMap(([name, node]) => [
      [`packages/${name}/package.json`, `{"name":"@acme/${name}","main":"index.js","engines":{"node":"${node}"}}`],
      [`packages/${name}/index.js`, `export function ${name}() {}\n`],
    ])
    const { markdown } = await documentOf(Object.fromEntries(files))
    return /Node\.js[^·\n]*?(\d+)/.exec(markdown.get('overview.md') ?? '')?.[1]
  }
  assert.equal(await runtimeOf({ leg: '>=14', map: '>=18' }), undefined)
  assert.equal(await runtimeOf({ leg: '>=18', map: '>=18' }), '18')
  assert.equal(await runtimeOf({ leg: '>=14', orbit: '>=20' }), '20')
})
