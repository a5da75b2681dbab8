import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Component } from '#generate/model.ts'
import { superclassText } from '#generate/pages/entry/ruby-superclass.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** The superclass of `class Point`, which another file declares by a line. */
function superclassOf(line: string, path = 'lib/point.rb'): string {
  const file = { path, text: `${line}\nend\n`, language: 'ruby' }
  const component = {
    kind: 'class',
    file: path,
    signature: 'class Point',
    declarations: [{ file: path, startLine: 1 }],
  }
  return superclassText({ files: new Map([[path, file]]) } as unknown as RepoIndex, component as unknown as Component)
}

test('a superclass is shown as it is written, or not at all', () => {
  const shown: [line: string, superclass: string][] = [
    ['class Point < BasicObject', ' < BasicObject'],
    ['  class A::Point < ::B::Base # why', ' < ::B::Base'],
    ['class Point < Base; end', ' < Base'],
    ['class Point < Struct.new(:x, :y)', ' < Struct.new(:x, :y)'],
    ['class Point < Data.define(:a) # ; x', ' < Data.define(:a)'],
    ['class Point < DelegateClass(Bar)', ' < DelegateClass(Bar)'],
    ['class Point < ActiveRecord::Migration[7.0]', ' < ActiveRecord::Migration[7.0]'],
    ['class Point < Struct.new("a;b")', ' < Struct.new("a;b")'],
    ['class Point < Struct.new(', ''],
    ['class Point < Struct.', ''],
    ['class Point', ''],
  ]
  for (const [line, superclass] of shown) assert.equal(superclassOf(line), superclass, line)
})

test('files of Ruby with other names are read as well', () => {
  assert.equal(superclassOf('class Point < Base', 'Rakefile'), ' < Base')
})
