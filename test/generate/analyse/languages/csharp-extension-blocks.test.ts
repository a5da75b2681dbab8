import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csharp } from '#generate/analyse/languages/csharp/csharp.ts'
import { analyseTexts } from './analyse-texts.ts'

const LIBRARY = {
  'src/Client.cs': `namespace Lib;
public class Reply { public void Read() { } }
public class Reply<T> : Reply { public T Data; }
public class Map<T> : Reply { }
public interface IClient { Reply Send(string method); }`,
  'src/Extensions.cs': `namespace Lib;
public static class Extensions {
    /// <param name="client">The client.</param>
    extension([NotNull(nameof(client))] IClient client) {
        /// <summary>Sends a GET request.</summary>
        [Obsolete]
        public async Task<Reply> Get<T>(
            string path,
            int times = 1
        ) where T : class {
            client.Send(path);
            return Again(client);
        }
        public Reply Get() => client.Send("");
        internal void Hidden() { }
        private void Own() { }
        public Reply First => client.Send("first");
        public static IClient Make() => null;
    }

    extension<T>(Reply<T> reply)
        where T : class
    {
        public Reply<T> ThrowIfError() => reply;
        public Map<R> Map<R>() where R : new() => null;
    }
    extension(Reply) {
        public static Reply Empty() => null;
    }
    // No blocks: extension(IClient client) { }
    static Reply Again(IClient client) => client.Get();
}
static class Inner { extension(Reply reply) { public void Inside() { } } }`,
}

test('the members of an extension block are those of its class, with the receiver as parameter', async () => {
  const { analysis, component } = await analyseTexts([csharp], LIBRARY)
  assert.deepEqual(
    analysis.components
      .filter(({ file }) => file === 'src/Extensions.cs')
      .map(
        (one) =>
          `${one.kind} ${one.visibility}${one.exported ? ' exported' : ''} ${one.qualifiedName}: ${one.signature}`,
      ),
    [
      'class public exported Extensions: public static class Extensions',
      'method public exported Extensions.Get: public async Task<Reply> Get<T>([NotNull(nameof(client))] this IClient client, string path, int times = 1) where T : class',
      'method public exported Extensions.Get: public Reply Get([NotNull(nameof(client))] this IClient client)',
      'method internal Extensions.Hidden: internal void Hidden([NotNull(nameof(client))] this IClient client)',
      'method private Extensions.Own: private void Own([NotNull(nameof(client))] this IClient client)',
      'field public exported Extensions.First: public Reply First { get; }',
      'method public exported Extensions.Make: public static IClient Make()',
      'method public exported Extensions.ThrowIfError: public Reply<T> ThrowIfError<T>(this Reply<T> reply) where T : class',
      'method public exported Extensions.Map: public Map<R> Map<T, R>(this Reply<T> reply) where T : class where R : new()',
      'method public exported Extensions.Empty: public static Reply Empty()',
      'method private Extensions.Again: static Reply Again(IClient client)',
      'class internal Inner: static class Inner',
      'method public Inner.Inside: public void Inside(this Reply reply)',
    ],
  )
  const get = component('src/Extensions.cs#Extensions.Get')
  assert.equal(get.doc, 'Sends a GET request.')
  assert.equal(get.parent, 'src/Extensions.cs#Extensions')
  assert.equal(get.startLine, 6)
})

test('members of extension blocks are found on values, by their class and among themselves', async () => {
  const { from } = await analyseTexts([csharp], {
    ...LIBRARY,
    'app/Use.cs': `using Lib;
namespace App;
class Use {
  void OnValue(IClient c) { c.Get().Read(); }
  void WithArguments(IClient c) { c.Get<Use>("/", 2); }
  void ByClass(IClient c) { Extensions.Get(c); }
  void Property(IClient c) { c.First.Read(); }
  void Generic(Reply<Use> r) { r.ThrowIfError().Map<Use>().Read(); }
  void Missing(IClient c) { c.Nothing(); }
}`,
  })
  const calls = (id: string): string[] =>
    from(id)
      .filter((edge) => !edge.includes('uses-type'))
      .map((edge) => edge.slice(id.length + 1))
  assert.deepEqual(calls('app/Use.cs#Use.OnValue'), [
    '-calls-> src/Client.cs#Reply.Read (receiver-type)',
    '-calls-> src/Extensions.cs#Extensions.Get~2 (receiver-type)',
  ])
  assert.deepEqual(calls('app/Use.cs#Use.WithArguments'), ['-calls-> src/Extensions.cs#Extensions.Get (receiver-type)'])
  assert.deepEqual(calls('app/Use.cs#Use.ByClass'), ['-calls-> src/Extensions.cs#Extensions.Get~2 (receiver-type)'])
  assert.deepEqual(calls('app/Use.cs#Use.Property'), [
    '-calls-> src/Client.cs#Reply.Read (receiver-type)',
    '-references-> src/Extensions.cs#Extensions.First (receiver-type)',
  ])
  assert.deepEqual(calls('app/Use.cs#Use.Generic'), [
    '-calls-> src/Client.cs#Reply.Read (inheritance)',
    '-calls-> src/Extensions.cs#Extensions.Map (receiver-type)',
    '-calls-> src/Extensions.cs#Extensions.ThrowIfError (receiver-type)',
  ])
  assert.deepEqual(calls('app/Use.cs#Use.Missing'), [])
  assert.deepEqual(calls('src/Extensions.cs#Extensions.Get'), [
    '-calls-> src/Client.cs#IClient.Send (receiver-type)',
    '-calls-> src/Extensions.cs#Extensions.Again (same-file)',
  ])
  assert.deepEqual(calls('src/Extensions.cs#Extensions.Again'), [
    '-calls-> src/Extensions.cs#Extensions.Get~2 (receiver-type)',
  ])
})

test('a class named extension has its constructor', async () => {
  const { analysis } = await analyseTexts([csharp], {
    'A.cs': 'class extension {\n  extension(int x) { }\n  void F() { }\n}',
  })
  assert.deepEqual(
    analysis.components.map(({ qualifiedName }) => qualifiedName),
    ['extension', 'extension.extension', 'extension.F'],
  )
})
