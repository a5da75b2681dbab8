import assert from 'node:assert/strict'
import { test } from 'node:test'
import { subjectOf } from '#generate/pages/usage/test-subjects.ts'

test('the name of a test file without what marks it as one is the name of its subject', () => {
  for (const [file, subject] of [
    ['test_foo.py', 'foo'],
    ['foo_test.go', 'foo'],
    ['foo.spec.ts', 'foo'],
    ['FooTest.java', 'foo'],
    ['TestFoo.java', 'foo'],
    ['testFoo.js', 'foo'],
    ['FooIT.java', 'foo'],
    ['spec_foo.rb', 'foo'],
    // Words that only begin or end like one.
    ['tests.py', 'tests'],
    ['testing.test.ts', 'testing'],
    ['TestimonialTest.java', 'testimonial'],
    ['AUDIT.java', 'audit'],
    ['special.rb', 'special'],
  ] as const)
    assert.equal(subjectOf(`x/${file}`), subject, file)
})
