import assert from 'node:assert/strict'
import { test } from 'node:test'
import { xmldoc } from '#generate/analyse/languages/docs/xmldoc.ts'

test('XML comments become Markdown', () => {
  const doc = xmldoc([
    '/// <summary>',
    '/// Reads a <see cref="T:A.List{T}"/> &amp; <c>more</c>.',
    '/// </summary>',
    '/// <param name="x">The <paramref name="x"/>',
    '/// to read.</param>',
    '/// <returns>All of it.</returns>',
    '/// <exception cref="System.Exception">It failed.</exception>',
    '/// <remarks>One.<para>Two.</para><code>a();\n/// b();</code></remarks>',
  ])
  assert.deepEqual(doc, {
    text: 'Reads a [`A.List<T>`](symbol:T%3AA.List%7BT%7D) & `more`.\n\nOne.\n\nTwo.\n\n```\na();\n/// b();\n```',
    details: {
      returns: [{ name: '', type: '', text: 'All of it.' }],
      parameters: [{ name: 'x', type: '', text: 'The `x`\nto read.' }],
      raises: [{ name: 'System.Exception', type: '', text: 'It failed.' }],
    },
  })
})

test('comments without documentation have none', () => {
  assert.equal(xmldoc(['// plain']), null)
  assert.equal(xmldoc(['/// <inheritdoc/>']), null)
  assert.equal(xmldoc([]), null)
  assert.equal(xmldoc(['/** <summary>Block.</summary> */'])?.text, 'Block.')
  assert.equal(xmldoc(['/// <summary>', '/// /// Twice.', '/// </summary>'])?.text, 'Twice.')
})

test('no words are lost or joined: empty links, addresses, line breaks, terms of lists', () => {
  for (const [written, shown] of [
    ['See <see href="https://a.org/b"/>.', 'See https://a.org/b.'],
    ['See <see cref="A.Plan"></see>.', 'See [`A.Plan`](symbol:A.Plan).'],
    ['One<br>two', 'One\n\ntwo'],
    ['<list><item><term>A</term><description>First.</description></item></list>', '- A: First.'],
  ])
    assert.equal(xmldoc([`/// <summary>${written}</summary>`])?.text, shown)
})

test('code within a line stays in its line', () => {
  assert.equal(
    xmldoc(['/// <summary>', '/// What is returned if it is <code>true</code>.', '/// </summary>'])?.text,
    'What is returned if it is `true`.',
  )
})

test('a plain comment below documentation is ignored', () => {
  assert.equal(xmldoc(['/// <summary>Doc.</summary>', '// Reads once.'])?.text, 'Doc.')
})

test('an example that is code is shown as code, words stay words', () => {
  assert.deepEqual(xmldoc(['/// <example>', '/// Log.Debug("a {B}", b.C);', '/// </example>'])?.details.examples, [
    '```csharp\nLog.Debug("a {B}", b.C);\n```',
  ])
  assert.deepEqual(xmldoc(['/// <example>Call it once.</example>'])?.details.examples, ['Call it once.'])
})

test('attributes may be in single quotes', () => {
  const doc = xmldoc([
    "/// <summary>Reads <see cref='A.List'/>, <see langword='null'/> for none of <paramref name='x'/>,",
    '/// see <see href=\'https://example.org/a?b="c"\'>there</see>.</summary>',
    "/// <param name='x'>What to read.</param>",
    "/// <typeparam name = 'T'>Of what.</typeparam>",
    "/// <exception cref='System.Exception'>It failed.</exception>",
    "/// <seealso cref='Other'/>",
  ])
  assert.deepEqual(doc, {
    text: 'Reads [`A.List`](symbol:A.List), `null` for none of `x`,\nsee there.',
    details: {
      parameters: [{ name: 'x', type: '', text: 'What to read.' }],
      typeParameters: [{ name: 'T', type: '', text: 'Of what.' }],
      raises: [{ name: 'System.Exception', type: '', text: 'It failed.' }],
      see: ['`Other`'],
    },
  })
})

test('an example of several lines in CDATA is code', () => {
  const lines = ['<example><![CDATA[', '', '[Queue("high")]', 'class A', '{', '}', '', 'Run<A>();', '', ']]></example>']
  const doc = xmldoc(['/// <summary>Reads.</summary>', ...lines.map((line) => `/// ${line}`)])
  assert.deepEqual(doc?.details.examples, ['```\n[Queue("high")]\nclass A\n{\n}\n\nRun<A>();\n```'])
})

test('empty elements have no text, and CDATA is not markup', () => {
  const doc = xmldoc([
    '/// <summary>Reads.</summary>',
    '/// <param name="x"/>',
    '/// <param name="y">Which.</param>',
    '/// <example><code><![CDATA[',
    '/// new List<int>();',
    '/// ]]></code></example>',
  ])
  assert.deepEqual(doc?.details, {
    parameters: [{ name: 'y', type: '', text: 'Which.' }],
    examples: ['```\nnew List<int>();\n```'],
  })
})
