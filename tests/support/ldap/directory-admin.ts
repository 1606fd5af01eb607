import { Attribute, Change, Client } from "ldapts";

export type AdminValues = Record<string, string | string[] | Buffer>;

/** Changes in a real directory, as its administrators make them. Throws what the server answers. */
export async function directoryAdmin(
  { url, ca }: { url: string; ca?: string },
  bindDn: string,
  password: string,
) {
  const client = new Client({ url, ...(ca ? { tlsOptions: { ca } } : {}), timeout: 20_000 });
  await client.bind(bindDn, password);
  const attribute = (type: string, value: string | string[] | Buffer) =>
    new Attribute({ type, values: [value].flat() as string[] });
  const modify = (dn: string, operation: "add" | "delete" | "replace", values: AdminValues) =>
    client.modify(
      dn,
      Object.entries(values).map(
        ([type, value]) => new Change({ operation, modification: attribute(type, value) }),
      ),
    );
  return {
    add: (dn: string, values: AdminValues) =>
      client.add(
        dn,
        Object.entries(values).map(([type, value]) => attribute(type, value)),
      ),
    /** An empty list takes the attribute away. */
    set: (dn: string, values: AdminValues) => modify(dn, "replace", values),
    addTo: (dn: string, values: AdminValues) => modify(dn, "add", values),
    rename: (dn: string, to: string) => client.modifyDN(dn, to),
    remove: (dn: string) => client.del(dn),
    close: () => client.unbind(),
  };
}

export type DirectoryAdmin = Awaited<ReturnType<typeof directoryAdmin>>;
