export { type ApiKey, readApiKeys, type Scope } from './api-keys.ts'
export { type AppOptions, createApp } from './app.ts'
export { createLogger } from './logging.ts'
