// A sample company directory for local mode: a real LDAP server on loopback, and a door by which it plays accidents.

import { drillDoor } from "./ldap/drill-door.ts";
import { DrillServer } from "./ldap/drill-server.ts";
import { keepCertificates } from "./ldap/keep-certificates.ts";
import { sampleDirectory, sampleReader, sampleSuffix } from "./ldap/sample-directory.ts";

const { SAMPLE_DIRECTORY_FOLDER: folder = "", SAMPLE_DIRECTORY_PASSWORD: password = "" } = process.env;
const ports = {
  startTls: Number(process.env.SAMPLE_DIRECTORY_PORT),
  ldaps: Number(process.env.SAMPLE_DIRECTORY_LDAPS_PORT),
};

const certificates = keepCertificates(folder);
const drill = new DrillServer({ tree: sampleDirectory({ password }), certificates, ports });
await drill.play("normal");

const address = {
  host: "127.0.0.1",
  ports,
  baseDn: sampleSuffix,
  bindDn: sampleReader,
  password,
  ca: certificates.ca,
};
drillDoor(drill, process.env.SAMPLE_DIRECTORY_TOKEN ?? "", address).listen(
  Number(process.env.SAMPLE_DIRECTORY_DOOR_PORT),
  "127.0.0.1",
  () => console.log(`the sample directory listens on 127.0.0.1:${ports.startTls} and :${ports.ldaps}`),
);
