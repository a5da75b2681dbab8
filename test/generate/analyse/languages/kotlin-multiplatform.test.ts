import assert from 'node:assert/strict'
import { test } from 'node:test'
import { java } from '#generate/analyse/languages/java/java.ts'
import { kotlin } from '#generate/analyse/languages/kotlin/kotlin.ts'
import { analyseTexts } from './analyse-texts.ts'

test('both halves of an expected type have members, and the nearer is named', async () => {
  const { from } = await analyseTexts([kotlin], {
    'm/appleMain/B.kt': 'package p\nactual class B { actual fun common() {} }',
    'm/commonMain/B.kt': 'package p\nexpect class B { fun common() }',
    'm/jvmMain/B.kt': 'package p\nactual class B { actual fun common() {}\n fun jvm() {} }',
    'm/jvmMain/U.kt': 'package p\nfun u(b: B) { b.jvm()\n b.common() }',
    'm/commonTest/T.kt': 'package p\nfun t(b: B) { b.common() }',
  })
  assert.deepEqual(from('m/commonTest/T.kt#t'), [
    'm/commonTest/T.kt#t -calls-> m/commonMain/B.kt#B.common (receiver-type)',
    'm/commonTest/T.kt#t -uses-type-> m/commonMain/B.kt#B (package)',
  ])
  assert.deepEqual(from('m/jvmMain/U.kt#u'), [
    'm/jvmMain/U.kt#u -calls-> m/jvmMain/B.kt#B.common (receiver-type)',
    'm/jvmMain/U.kt#u -calls-> m/jvmMain/B.kt#B.jvm (receiver-type)',
    'm/jvmMain/U.kt#u -uses-type-> m/jvmMain/B.kt#B (package)',
  ])
})

const MULTIPLATFORM = {
  'm/src/commonMain/kotlin/B.kt': `package p
expect class B() { fun both(): Int
 override fun toString(): String }
expect fun make(): B
fun B.shared() {}
`,
  ...Object.fromEntries(
    ['jvmMain', 'appleMain', 'nonAppleMain'].map((set) => [
      `m/src/${set}/kotlin/B.kt`,
      `package p
actual class B actual constructor() { actual fun both(): Int = 1
 fun own() {} }
actual fun make(): B = B()
fun B.onlyHere() {}
`,
    ]),
  ),
}

const kotlinUse = 'package p\nfun use() { val b: B = make()\n b.both()\n b.shared() }'

/** Which source set the names of one file lead to. */
async function setsSeenFrom(path: string, text = kotlinUse): Promise<readonly string[]> {
  const { analysis } = await analyseTexts([kotlin, java], { ...MULTIPLATFORM, [path]: text })
  const own = analysis.edges.filter(({ from, kind }) => from.startsWith(path) && kind !== 'tests')
  return [...new Set(own.map(({ to }) => `${/src\/(\w+)/.exec(to)?.[1]} ${to.split('#')[1] ?? 'file'}`))].sort()
}

test('of a declaration in several source sets a file names the one that it sees', async () => {
  const allOf = (set: string): readonly string[] =>
    ['commonMain B.shared', `${set} B`, `${set} B.both`, `${set} make`].sort()
  const seen: Readonly<Record<string, string>> = {
    'm/src/commonTest/kotlin/U.kt': 'commonMain',
    'm/src/jvmTest/kotlin/U.kt': 'jvmMain',
    'm/src/nativeTest/kotlin/U.kt': 'commonMain',
    'm/src/iosArm64Main/kotlin/U.kt': 'appleMain',
    'm/src/linuxX64Test/kotlin/U.kt': 'nonAppleMain',
    'm/src/jsMain/kotlin/U.kt': 'nonAppleMain',
    'm/src/zlibMain/kotlin/U.kt': 'commonMain',
    'other/src/commonMain/kotlin/U.kt': 'commonMain',
    'other/src/main/kotlin/U.kt': 'jvmMain',
    'other/src/androidTest/kotlin/U.kt': 'jvmMain',
  }
  for (const [path, set] of Object.entries(seen)) assert.deepEqual(await setsSeenFrom(path), allOf(set), path)
  const javaUse = 'package p; class U { void use(B b) { b.both(); b.own(); } }'
  assert.deepEqual(await setsSeenFrom('m/jmh/src/jmh/java/U.java', javaUse), [
    'jvmMain B',
    'jvmMain B.both',
    'jvmMain B.own',
  ])
})

test('what no source set in sight has is not looked for in others', async () => {
  const use = 'package p\nfun use(b: B) { b.own()\n b.onlyHere()\n b.toString() }'
  const common = await setsSeenFrom('m/src/commonTest/kotlin/U.kt', use)
  assert.deepEqual(common, ['commonMain B', 'commonMain B.toString'])
  const jvmOnly = await setsSeenFrom('m/src/jvmTest/kotlin/U.kt', use)
  assert.deepEqual(jvmOnly, ['commonMain B.toString', 'jvmMain B', 'jvmMain B.onlyHere', 'jvmMain B.own'])
})
