/** Rows of the overview on types that no sentence describes, and on what a document means by a name. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { publicApiSections } from './real-sample.ts'

const NPM = { 'package.json': '{"name":"orbit","version":"1.0.0","type":"module","main":"index.js"}' }

test('a type without a sentence is described by its methods, not by a truism or by private ones', async () => {
  const methods = (...names: string[]): string => names.map((name) => `  ${name}() { return 1 }\n`).join('')
  const { section } = await publicApiSections({
    ...NPM,
    'README.md':
      '# Orbit\n\n```js\nimport { Craft, Way, Fuel } from "orbit"\nnew Craft().fly()\nnew Way()\nnew Fuel().burn()\n```\n',
    'index.js': `export class Craft {\n${methods('plan', 'fly', 'land')}  _turn() { return 2 }\n}\n/** Way class of orbit. */\nexport class Way {\n${methods('aim', 'turn', 'stop')}}\nexport class Fuel {\n  burn() { return 1 }\n}\n`,
  })
  assert.match(section, /^\| class `Craft` \| `fly\(\)`, `plan\(\)`, `land\(\)` \|$/m)
  assert.match(section, /^\| class `Way` \| `aim\(\)`, `turn\(\)`, `stop\(\)` \|$/m)
  assert.doesNotMatch(section, /`Fuel` \|/)
})

test('a type with nothing but accessors and what it implements is told by its interface, and accessors come last', async () => {
  const maven = '<project><groupId>org.orbit</groupId><artifactId>orbit</artifactId><version>1.0</version></project>\n'
  const head = 'package org.orbit;\n\n'
  const { section } = await publicApiSections({
    'pom.xml': maven,
    'README.md':
      '# Orbit\n\n```java\nimport org.orbit.*;\nnew BasePlan(); new Craft(); Plan p; p.fly();\n```\n\nUse `BasePlan` and `Craft`.\n',
    'src/main/java/org/orbit/Plan.java': `${head}/** Plans the flights of a craft. */\npublic interface Plan {\n    void fly();\n    void land();\n}\n`,
    'src/main/java/org/orbit/BasePlan.java': `${head}public abstract class BasePlan implements Plan {\n    String fuel;\n    public void setFuel(String fuel) { this.fuel = fuel + 1; check(); }\n    public void setCrew(String fuel) { this.fuel = fuel + 2; check(); }\n    public String getCrew() { check(); return fuel + 3; }\n    public void land() { fuel = null; check(); }\n    private void check() { fuel += 1; }\n}\n`,
    'src/main/java/org/orbit/Craft.java': `${head}public class Craft {\n    String fuel;\n    public String getCrew() { stop(); return fuel + 3; }\n    public void start() { fuel = getCrew(); }\n    public void turn() { fuel = getCrew() + 2; }\n    public void stop() { fuel = null; }\n}\n`,
    'src/main/java/org/orbit/Use.java': `${head}class Use {\n    String a = new Craft().getCrew();\n}\n`,
  })
  assert.match(section, /^\| class `BasePlan`[^|]* \| implements `Plan` \|$/m)
  assert.match(section, /^\| class `Craft`[^|]* \| [^|]*`turn\(\)`, `getCrew\(\)` \|$/m)
})

test('a document means a method by a word, not the function of an inner Go package', async () => {
  const { section } = await publicApiSections({
    'go.mod': 'module example.org/orbit\n',
    'README.md': '# Orbit\n\n- Early loading with `Preload`\n',
    'orbit.go':
      'package orbit\n\n// DB plans the orbits of all bodies.\ntype DB struct{}\n\n// Preload loads bodies early.\nfunc (db *DB) Preload() {}\n',
    'orbit_test.go':
      'package orbit_test\n\nimport "example.org/orbit"\n\nfunc run() { db := orbit.DB{}; db.Preload() }\n',
    'callbacks/callbacks.go': 'package callbacks\n\nfunc Preload(depth int) {}\n',
  })
  assert.match(section, /^`import "example\.org\/orbit"` /m)
  assert.match(section, /^\| struct `DB` \|/m)
})

test('a line imports the definition of its row, beside others of that name', async () => {
  const { section } = await publicApiSections({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'README.md': '# Orbit\n',
    'examples/both.rs': 'use orbit::{far, near};\n\nfn main() {\n    near::launch(1);\n    far::launch(1);\n}\n',
    'src/lib.rs': 'pub mod near;\npub mod far;\n/// Plans a flight to the sun.\npub fn plan() {}\n',
    'src/near.rs': '/// Launches a craft to the moon.\npub fn launch(n: u8) {}\npub struct Way;\n',
    'src/far.rs': '/// Launches a craft to the planets.\npub fn launch(n: u8) {}\npub struct Way;\n',
  })
  assert.match(section, /use orbit::near::launch;/)
  assert.match(section, /use orbit::far::launch;/)
})

test('a line for Rust imports types, functions only if there is nothing else', async () => {
  const sectionOf = async (type: string): Promise<string> => {
    const { section } = await publicApiSections({
      'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
      'README.md':
        '# Orbit\n\n```rust\nlet a = orbit::plan(1);\nlet b = orbit::Craft::new(2);\nlet c = orbit::fuel(1);\n```\n',
      'src/lib.rs': `/// Plans a flight to the sun.\npub fn plan(n: u8) -> u8 { n }\n/// Counts the fuel that is left.\npub fn fuel(n: u8) -> u8 { n }\n${type}`,
    })
    return section
  }
  const type =
    '/// Flies from orbit to orbit.\npub struct Craft;\nimpl Craft {\n    pub fn new(n: u8) -> Craft { Craft }\n}\n'
  assert.match(await sectionOf(type), /`use orbit::Craft;`/)
  assert.match(await sectionOf(type.replace('fn new', 'fn make')), /`use orbit::Craft;`/)
  assert.match(await sectionOf(''), /`use orbit::\{plan, fuel\};`/)
})

test('what only a framework calls does not describe a type, and what nobody should use has no row', async () => {
  const head = 'package org.orbit\n\n'
  const { section } = await publicApiSections({
    'build.gradle.kts': 'plugins { `maven-publish` }\ngroup = "org.orbit"\nversion = "1.0"\n',
    'settings.gradle.kts': 'rootProject.name = "orbit"\n',
    'README.md':
      '# Orbit\n\n```kotlin\nCraft().fly(); Rule().visitName(); Probe().fly(); Older().fly()\n```\n\nUse `Craft`, `Rule`, `Probe` and `Older`.\n',
    'src/main/kotlin/org/orbit/Craft.kt': `${head}class Craft {\n  fun fly() { land() }\n  fun land() { turn() }\n  fun turn() { fly() }\n}\n`,
    'src/main/kotlin/org/orbit/Rule.kt': `${head}class Rule : Visitor() {\n  override fun visitName() { visitList() }\n  override fun visitList() { visitEnd() }\n  override fun visitEnd() { visitName() }\n}\n`,
    'src/main/kotlin/org/orbit/Probe.kt': `${head}/** Looks at moons from afar. */\nclass Probe {\n  fun fly() { fly() }\n}\n`,
    'src/main/kotlin/org/orbit/Older.kt': `${head}/**\n * Please don't use. Use a probe instead.\n *\n * Looks at the moons of other planets.\n */\nclass Older {\n  fun fly() { fly() }\n}\n`,
  })
  assert.match(section, /^\| class `Craft`[^|]* \| `fly\(\)`/m)
  assert.match(section, /^\| class `Probe`/m)
  assert.doesNotMatch(section, /`(?:Rule|Older)`/)
})

test('the classes of a plugin of a build are no public API unless the code of documents uses them', async () => {
  const texts = {
    'build.gradle.kts':
      'plugins { `java-gradle-plugin`\n  id("com.gradle.plugin-publish") }\ngroup = "org.orbit"\nversion = "1.0"\n',
    'README.md': '# Orbit\n\nConfigure `OrbitExtension`.\n',
    'src/main/java/org/orbit/OrbitExtension.java':
      'package org.orbit;\n\n/** Collects the settings of all flights. */\npublic class OrbitExtension {\n    public void fly() {}\n}\n',
    'src/test/java/org/orbit/OrbitExtensionTest.java':
      'package org.orbit;\n\nclass OrbitExtensionTest {\n    void flies() { new OrbitExtension().fly(); }\n}\n',
  }
  const of = async (name: string): Promise<string> =>
    (await publicApiSections({ ...texts, 'settings.gradle.kts': `rootProject.name = "${name}"\n` })).section
  assert.match(await of('orbit'), /`OrbitExtension`/)
  assert.doesNotMatch(await of('orbit-gradle-plugin'), /`OrbitExtension`/)
})
