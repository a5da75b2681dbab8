import assert from 'node:assert/strict'
import { test } from 'node:test'
import { constraintsOf, fits, platformText } from '#generate/go-platforms.ts'

test('the name of a Go file says its platform up to the first dot, for all systems and machines that Go knows', () => {
  const said = (name: string): string => platformText(constraintsOf(`pkg/${name}`, 'package pkg\n'))
  assert.equal(said('call_linux.go'), 'linux')
  assert.equal(said('call_linux_arm64_test.go'), 'linux && arm64')
  assert.equal(said('call_linux.pb.go'), 'linux')
  assert.equal(said('call_sparc.go'), 'sparc')
  assert.equal(said('linux.go'), '')
  assert.equal(said('call.linux.go'), '')
})

test('Android compiles files for Linux, iOS those for macOS, and illumos those for Solaris, by name and by line', () => {
  for (const [target, system] of [
    ['android/arm64', 'linux'],
    ['ios/arm64', 'darwin'],
    ['illumos/amd64', 'solaris'],
  ] as const) {
    assert.ok(fits(constraintsOf(`a_${system}.go`, ''), target), target)
    assert.ok(fits(constraintsOf('a.go', `//go:build ${system}\n\npackage a\n`), target), target)
    assert.ok(!fits(constraintsOf('a.go', `//go:build !${system}\n\npackage a\n`), target), target)
  }
  assert.ok(!fits(constraintsOf('a_android.go', ''), 'linux/arm64'))
})
