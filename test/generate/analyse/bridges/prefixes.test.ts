import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findBridges } from '#generate/analyse/bridges/find.ts'

/** The methods and paths of the routes in a file. */
function routesIn(path: string, language: string, text: string): string[] {
  const rest = { blob: '', bytes: text.length, lines: 100, role: 'code' as const, generated: false, vendored: false }
  return findBridges([{ path, language, text, ...rest }], [], []).builders.flatMap(({ nodes }) =>
    nodes.map(({ name }) => name),
  )
}

test('nested routers of chi have the prefixes around them, and computed prefixes leave routes out', () => {
  const text = `package a

import "github.com/go-chi/chi/v5"

func routes() {
	r := chi.NewRouter()
	r.Route("/users", func(r chi.Router) {
		r.Get("/", list)
		r.Group(func(inner chi.Router) {
			inner.Post("/{id}", save)
		})
		r.Route(path, func(r chi.Router) {
			r.Get("/lost", lost)
		})
		r.Delete("/{id}", remove)
	})
	r.Get("/health", health)
	r.With(paged).Get("/pages", list)
	r.MethodFunc("LINK", "/links", list)
	r.Mount("/admin", admin())
}

func admin() http.Handler {
	r := chi.NewRouter()
	r.Get("/mounted", list)
	return r
}

func under(r chi.Router) {
	r.Get("/passed", list)
}
`
  assert.deepEqual(routesIn('a.go', 'go', text), [
    'GET /users',
    'POST /users/{id}',
    'DELETE /users/{id}',
    'GET /health',
    'GET /pages',
    'LINK /links',
  ])
})

test('routes of Sinatra have the prefixes of the namespaces around them', () => {
  const text = `require 'sinatra'
require 'sinatra/namespace'
get '/' do
end
namespace '/api' do
  get '/users' do
  end
  namespace('/v1') do
    get '/old' do
    end
  end
  namespace version do
    get '/lost' do
    end
  end
  post '/users' do
  end
end
get '/health' do
end
`
  assert.deepEqual(routesIn('a.rb', 'ruby', text), [
    'GET /',
    'GET /api/users',
    'GET /api/v1/old',
    'POST /api/users',
    'GET /health',
  ])
})

test('routers of FastAPI and Flask have the prefixes with which the file mounts them', () => {
  const fastApi = `from fastapi import APIRouter, FastAPI
app = FastAPI()
api = APIRouter(prefix="/api")
users = APIRouter(prefix="/users")
lost = APIRouter()
twice = APIRouter()

@users.get("/me")
def me(): ...

@lost.get("/lost")
def nowhere(): ...

@twice.get("/twice")
def both(): ...

api.include_router(users)
app.include_router(api, prefix="/v1")
app.include_router(lost, prefix=PREFIX)
app.include_router(twice, prefix="/a")
app.include_router(twice, prefix="/b")
`
  assert.deepEqual(routesIn('a.py', 'python', fastApi), ['GET /v1/api/users/me'])
  const flask = `from flask import Blueprint, Flask
app = Flask(__name__)
users = Blueprint("users", __name__, url_prefix="/old")

@users.route("/me")
def me(): ...

app.register_blueprint(users, url_prefix="/new")
`
  assert.deepEqual(routesIn('b.py', 'python', flask), ['GET /new/me'])
})

test('routers of Express and Hono have the paths at which the file mounts them', () => {
  const express = `import express, { Router } from 'express'
const app = express()
const api = Router()
const users = Router().get('/me', show)
users.get('/all', list)
api.use('/users', auth, users)
app.use('/api', api)
app.use('/static', express.static('x'))
const twice = Router()
twice.get('/twice', show)
app.use('/a', twice)
app.use('/b', twice)
app.get('/health', health)
`
  assert.deepEqual(routesIn('a.ts', 'typescript', express), ['GET /api/users/me', 'GET /api/users/all', 'GET /health'])
  const hono = `import { Hono } from 'hono'
const books = new Hono()
books.get('/', list)
const app = new Hono()
app.route('/books', books)
`
  assert.deepEqual(routesIn('b.ts', 'typescript', hono), ['GET /books'])
})

test('routers of Koa have their own prefix, and routes may have a name', () => {
  const head = "const Router = require('@koa/router')\n"
  for (const [text, expected] of [
    [
      "const r = new Router()\nr.get('user', '/users/:id', show)\nr.get('/plain', show)",
      ['GET /users/:id', 'GET /plain'],
    ],
    ["const r = new Router({ strict: true, prefix: '/users' })\nr.get('/:id', show)", ['GET /users/:id']],
    ["const r = new Router()\nr.prefix('/users')\nr.get('/:id', show)", ['GET /users/:id']],
    ["const r = new Router().prefix('/users')\nr.get('/:id', show)", ['GET /users/:id']],
    ['const r = new Router({ prefix: base })\nr.get("/:id", show)', []],
    ['const r = new Router({ prefix })\nr.get("/:id", show)', []],
    ['const r = new Router(options)\nr.get("/:id", show)', []],
    [
      "const r = new Router()\nconst q = new Router({ prefix: '/q' })\nr.use('/r', q.routes())\nq.get('/:id', show)",
      ['GET /r/q/:id'],
    ],
  ] as const)
    assert.deepEqual(routesIn('a.js', 'javascript', `${head}${text}\n`), expected, text)
})

test('routers of Express that are mounted at a computed path have no routes', () => {
  const head =
    "const express = require('express')\nconst app = express()\nconst r = express.Router()\nr.get('/a', show)\n"
  for (const [mount, expected] of [
    ["app.use('/x', r)", ['GET /x/a']],
    ['app.use(auth, r)', ['GET /a']],
    ['app.use(cors({ origin: true }), r)', ['GET /a']],
    ['app.use(process.env.BASE, r)', []],
    ['app.use(BASE, r)', []],
    ['app.use(config.basePath, r)', []],
    ["app.use(['/x', '/y'], r)", []],
    ["app.use('/x' + version, r)", []],
    ['app.use(`/${version}`, r)', []],
  ] as const)
    assert.deepEqual(routesIn('a.js', 'javascript', `${head}${mount}\n`), expected, mount)
})

test('an application of hono/tiny as a parameter has routes', () => {
  const text = "import { Hono } from 'hono/tiny'\nexport function add(app: Hono) {\n  app.get('/t', show)\n}\n"
  assert.deepEqual(routesIn('a.ts', 'typescript', text), ['GET /t'])
})

test('a Python router with a computed prefix has no routes', () => {
  const text = `from fastapi import APIRouter
lost = APIRouter(prefix=settings.PREFIX)
users = APIRouter(prefix="/users")

@lost.get("/lost")
def lose(): ...

@users.get("/{id}")
def show(): ...
`
  assert.deepEqual(routesIn('a.py', 'python', text), ['GET /users/{id}'])
})
