/** NATS JetStream: a stream that keeps a message until it is acknowledged, and a durable pull consumer. */

import { AckPolicy, jetstream, jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { payloadOf } from './payload.ts'

const STREAM = 'JOBS'
const SUBJECT = 'jobs.new'
const CONSUMER = 'workers'
const WIDTH = 8

async function open(address) {
  const connection = await connect({ servers: address })
  const manager = await jetstreamManager(connection)
  const stream = { name: STREAM, subjects: [SUBJECT], retention: RetentionPolicy.Workqueue, storage: StorageType.File }
  await manager.streams.add(stream).catch(() => manager.streams.info(STREAM))
  const consumer = { durable_name: CONSUMER, ack_policy: AckPolicy.Explicit }
  await manager.consumers.add(STREAM, consumer).catch(() => manager.consumers.info(STREAM, CONSUMER))
  return connection
}

export async function createProducer(address) {
  const connection = await open(address)
  const client = jetstream(connection)
  return {
    add: async (id) => void (await client.publish(SUBJECT, JSON.stringify(payloadOf(id)), { msgID: id })),
    close: () => connection.drain(),
  }
}

export async function createWorker(address, onStart, onDone) {
  const connection = await open(address)
  const consumer = await jetstream(connection).consumers.get(STREAM, CONSUMER)
  const messages = await consumer.consume({ max_messages: 64 })
  const running = new Set()
  async function take(message) {
    onStart(message.json().job_id)
    // Waits for the server's word that the acknowledgement is recorded.
    if (await message.ackAck()) onDone()
  }
  const loop = (async () => {
    for await (const message of messages) {
      const one = take(message).finally(() => running.delete(one))
      running.add(one)
      if (running.size >= WIDTH) await Promise.race(running)
    }
  })()
  return {
    async close() {
      await messages.close()
      await loop
      await Promise.all(running)
      await connection.drain()
    },
  }
}
