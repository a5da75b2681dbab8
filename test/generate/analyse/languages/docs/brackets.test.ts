import assert from 'node:assert/strict'
import { test } from 'node:test'
import { symbolLinksIn } from '#generate/analyse/languages/docs/brackets.ts'

test('names in brackets lead to symbols; links, lists to do and code stay', () => {
  const cases: [markdown: string, links: string][] = [
    ['See [Foo] and [Foo.bar].', 'See `Foo` and `Foo.bar`.'],
    ['See [the foo][a.Foo].', 'See [the foo](symbol:a.Foo).'],
    ['See [the basics][a::Foo#basic-api].', 'See [the basics](symbol:a%3A%3AFoo).'],
    ['[the web][serde#12]', '[the web][serde#12]'],
    ['See [`Foo`](a::Foo).', 'See [`Foo`](symbol:a%3A%3AFoo).'],
    ['See [`Foo`], [b].\n\n[`Foo`]: a::Foo', 'See [`Foo`](symbol:a%3A%3AFoo), [b].'],
    ['[web](https://example.com) and [x] [1] ![a](b.png)', '[web](https://example.com) and [x] [1] ![a](b.png)'],
    ['[the web][w]\n\n[w]: https://example.com', '[the web][w]\n\n[w]: https://example.com'],
    ['Calls to [next]:\n\n[a]: b', 'Calls to `next`:'],
    ['Of [next]: it\n[a]: https://example.com', 'Of `next`: it\n[a]: https://example.com'],
    ['The [`Foo`]s, [`Bar`]: and [`Vec<Option<T>>`].', 'The `Foo`s, `Bar`: and `Vec<Option<T>>`.'],
    ['The [`web`].\n\n[`web`]: https://example.com', 'The [`web`].\n\n[`web`]: https://example.com'],
    ['`a[Foo]`\n```\n[Foo]\n```', '`a[Foo]`\n```\n[Foo]\n```'],
    ['```\n~~~ [Foo]\n[Foo]\n```\n[Foo]', '```\n~~~ [Foo]\n[Foo]\n```\n`Foo`'],
    [
      'A rack:\n\n    let rack = [Foo];\n    [Bar]\n\n    [Baz]\n\n[Foo]',
      'A rack:\n\n    let rack = [Foo];\n    [Bar]\n\n    [Baz]\n\n`Foo`',
    ],
    ['A rack\n    of [Foo]\n\n- one:\n\n    of [Foo]', 'A rack\n    of `Foo`\n\n- one:\n\n    of `Foo`'],
    ['a[Foo] is an element', 'a[Foo] is an element'],
  ]
  for (const [markdown, links] of cases) assert.equal(symbolLinksIn(markdown), links)
})

test('words in brackets, which may mean that they are optional, may be links', () => {
  assert.equal(
    symbolLinksIn('Reads: plan [options] [File].', true),
    'Reads: plan [`options`](symbol:%5Boptions%5D) `File`.',
  )
})

test('a comment full of brackets is read to its end', () => {
  for (const mark of ['[', '[`', '[a](', '[a][', '`']) assert.equal(typeof symbolLinksIn(mark.repeat(10_000)), 'string')
})

test('a name in brackets may have an ending, and be one letter', () => {
  assert.equal(symbolLinksIn('Done for [Command]s of type [T].'), 'Done for `Command`s of type `T`.')
  assert.equal(symbolLinksIn('- [X] done, [a]bcdef, [1]st'), '- [X] done, [a]bcdef, [1]st')
})
