import assert from 'node:assert/strict'
import { test } from 'node:test'
import { edgesOf, findInTexts, nodesOf } from './find-in-texts.ts'

test('SQL: tables and the tables they refer to, not what stands in texts and comments', async () => {
  const found = await findInTexts({
    'db/1.sql': `-- create table no (id int);
CREATE TABLE IF NOT EXISTS "users" (
  id int, note text default 'create table no (x); references users'
);
create table app.posts (author int references users(id));
create function f() returns void as $$ begin; create table no2 (id int); end $$ language sql;
`,
    'db/2.sql': 'ALTER TABLE users ADD COLUMN post int REFERENCES posts;\nALTER TABLE gone ADD x int;\n',
  })
  assert.deepEqual(nodesOf(found), [
    'db/1.sql#app.posts table 5-5',
    'db/1.sql#users table 2-4',
    'db/2.sql#gone table 2-2',
    'db/2.sql#users table 1-1',
  ])
  assert.deepEqual(edgesOf(found), [
    'db/1.sql#app.posts uses db/1.sql#users',
    'db/2.sql#users uses db/1.sql#app.posts',
    'db/2.sql#users depends-on db/1.sql#users',
  ])
})

test('SQL: a # begins a comment only where it is not an operator or the start of a name', async () => {
  const found = await findInTexts({
    'a.sql': `#create table no (id int);
  # create table no2 (id int);
create index i on t ((data #>> '{a,b}')); create table a (id int); # create table no3 (id int);
create table #temporary (id int); create table b (id int);
`,
  })
  assert.deepEqual(
    found.nodes.map(({ name }) => name),
    ['a', 'b'],
  )
})

test('OpenAPI in YAML and JSON: endpoints and the files they refer to', async () => {
  const found = await findInTexts({
    'api.yaml':
      'openapi: 3.1.0\npaths:\n  /users:\n    get:\n      responses:\n        "200": { $ref: "./parts/ok.yaml#/Ok" }\n    parameters: []\n',
    'parts/ok.yaml': 'Ok: {}\n',
    'swagger.json': '{\n  "swagger": "2.0",\n  "paths": {\n    "/a": {\n      "post": {\n      }\n    }\n  }\n}\n',
    'notes.yaml': '# openapi: 3\npaths: { /x: { get: {} } }\n',
  })
  assert.deepEqual(nodesOf(found), ['api.yaml#GET /users endpoint 4-6', 'swagger.json#POST /a endpoint 5-6'])
  assert.deepEqual(edgesOf(found), ['api.yaml#GET /users uses parts/ok.yaml'])
})

test('OpenAPI: an endpoint is described by its summary, or by its operation id if that is empty', async () => {
  const cases: [operation: string, expected: string][] = [
    ['summary: Lists, operationId: listAll', 'Lists'],
    ['summary: "", operationId: listAll', 'listAll'],
    ['operationId: listAll', 'listAll'],
    ['deprecated: true', ''],
  ]
  for (const [operation, expected] of cases) {
    const { nodes } = await findInTexts({ 'api.yaml': `openapi: 3.1.0\npaths: { /x: { get: { ${operation} } } }\n` })
    assert.deepEqual(
      nodes.map(({ detail }) => detail),
      [expected],
      operation,
    )
  }
})

test('protobuf: messages, services, procedures, and the types they use through imports', async () => {
  const found = await findInTexts({
    'proto/a/one.proto': `syntax = "proto3";
package a;
import "b/two.proto";
message Request { // message No {}
  enum Kind { X = 0; }
  message Inner { Request parent = 1 [(rules).message = { required: true, items { min: 1 } }]; }
  option (shown) = { name: "a" };
  Kind kind = 1;
  map<string, Inner> inners = 2;
  oneof choice { .b.Reply reply = 3; }
}
service Api {
  rpc Call (Request) returns (stream b.Reply);
  rpc Other(Request) returns (Unknown) { option x = 1; }
}
`,
    'proto/b/two.proto': 'syntax = "proto3"; package b;\nmessage Reply {}\n',
  })
  assert.deepEqual(nodesOf(found), [
    'proto/a/one.proto#Api service 12-15',
    'proto/a/one.proto#Api.Call rpc 13-13',
    'proto/a/one.proto#Api.Other rpc 14-14',
    'proto/a/one.proto#Request message 4-11',
    'proto/a/one.proto#Request.Inner message 6-6',
    'proto/b/two.proto#Reply message 2-2',
  ])
  assert.deepEqual(edgesOf(found), [
    'proto/a/one.proto uses proto/b/two.proto',
    'proto/a/one.proto#Api uses proto/a/one.proto#Api.Call',
    'proto/a/one.proto#Api uses proto/a/one.proto#Api.Other',
    'proto/a/one.proto#Api.Call uses proto/a/one.proto#Request',
    'proto/a/one.proto#Api.Call uses proto/b/two.proto#Reply',
    'proto/a/one.proto#Api.Other uses proto/a/one.proto#Request',
    'proto/a/one.proto#Request uses proto/a/one.proto#Request.Inner',
    'proto/a/one.proto#Request uses proto/b/two.proto#Reply',
    'proto/a/one.proto#Request.Inner uses proto/a/one.proto#Request',
  ])
})
