// The little that the bench takes from two packages that bring no types of their own.
declare module "pg" {
  export class Client {
    constructor(options: { connectionString: string });
    connect(): Promise<void>;
    end(): Promise<void>;
    query<Row>(text: string, values?: unknown[]): Promise<{ rows: Row[]; rowCount: number | null }>;
    query<Query>(submittable: Query & { submit: unknown }): Query;
  }
}

declare module "pg-copy-streams" {
  import type { Writable } from "node:stream";
  export function from(text: string): Writable & { submit: unknown; rowCount: number };
}
