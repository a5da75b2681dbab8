import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spellNames } from '#generate/analyse/spell-names.ts'
import type { Component } from '#generate/model.ts'
import { component } from './component.ts'

const titleOf = (language: string, name: string, more: Partial<Component> = {}): string | undefined =>
  spellNames([component('a', name, more)], () => language)[0]?.title

test('names are written as the code of their language does', () => {
  const cases: [language: string, name: string, more: Partial<Component>, title: string | undefined][] = [
    ['ruby', 'Rack.Attack', { kind: 'class' }, 'Rack::Attack'],
    ['ruby', 'Rack.Attack.call', { signature: 'def call(env)' }, 'Rack::Attack#call'],
    ['ruby', 'Rack.Attack.new', { signature: 'def self.new(app)' }, 'Rack::Attack.new'],
    ['ruby', 'Rack.LIMIT', { kind: 'constant', signature: 'LIMIT = 3' }, 'Rack::LIMIT'],
    ['ruby', 'Rack', { kind: 'namespace' }, undefined],
    ['rust', 'Glob.new', {}, 'Glob::new'],
    ['cpp', 'a.B.operator()', { name: 'operator()' }, 'a::B::operator()'],
    ['cpp', 'a.f', { label: 'a.f(std::string, ...)' }, 'a::f(std::string, ...)'],
    ['php', 'Loader.load', {}, 'Loader::load'],
    ['java', 'A.f', { label: 'A.f(int)' }, undefined],
    ['python', 'A.f', {}, undefined],
  ]
  for (const [language, name, more, title] of cases) assert.equal(titleOf(language, name, more), title, name)
})

test('a member of a specialisation has its type in the name', () => {
  const type = component('a.h', 'V', { id: 'a.h#V~2', kind: 'struct', label: 'V<bool>' })
  const [, push] = spellNames([type, component('a.h', 'V.push', { parent: 'a.h#V~2' })], () => 'cpp')
  assert.equal(push?.title, 'V<bool>::push')
})

test('parents in a circle come to an end', () => {
  const all = [component('a', 'A.b', { id: '1', parent: '2' }), component('a', 'B.c', { id: '2', parent: '1' })]
  assert.deepEqual(
    spellNames(all, () => 'rust').map(({ title }) => title),
    ['A::b', 'B::c'],
  )
})

test('an extension of Kotlin is named with what it is called on', () => {
  const signature = 'public suspend fun <T> Flow<T>.test(timeout: Duration? = null)'
  assert.equal(titleOf('kotlin', 'test', { kind: 'function', signature }), 'Flow.test')
  assert.equal(titleOf('kotlin', 'or', { kind: 'function', signature: 'fun String?.or(other: String)' }), 'String.or')
  assert.equal(titleOf('kotlin', 'test', { kind: 'function', signature: 'fun test(at: Flow<Int>)' }), undefined)
  assert.equal(titleOf('kotlin', 'or', { kind: 'function', signature: 'fun <V> V?.or(other: V)' }), undefined)
})

test('a name of Kotlin that is a sentence keeps its spaces', () => {
  const signature = 'fun `burns no fuel`()'
  assert.equal(titleOf('kotlin', 'PlanTest.burnsnofuel', { name: 'burnsnofuel', signature }), 'PlanTest.burns no fuel')
  assert.equal(titleOf('kotlin', 'PlanTest.is', { name: 'is', signature: 'fun `is`()' }), undefined)
})

test('types of Go that several packages declare are named with their package', () => {
  const type = (file: string, name: string) => component(file, name, { kind: name.includes('.') ? 'method' : 'struct' })
  const all = [
    type('choose/options.go', 'Options'),
    type('choose/command.go', 'Options.Run'),
    type('style/v2/options.go', 'Options'),
    type('choose/choose.go', 'Model'),
    type('style/v2/style_test.go', 'Model'),
  ]
  assert.deepEqual(
    spellNames(all, () => 'go').map(({ title, qualifiedName }) => title ?? qualifiedName),
    ['choose.Options', 'choose.Options.Run', 'style.Options', 'Model', 'Model'],
  )
})
