import type { MailWords } from "./mail-words.ts";

export const es: MailWords = {
  letters: {
    invitation: {
      subject: "{{inviterName}} le invita a unirse a {{accountName}}",
      preview: "Su invitación a {{accountName}} está abierta hasta el {{expires}}.",
      heading: "Únase a {{accountName}}",
      body: ["{{inviterName}} le invita a unirse a {{accountName}} con la dirección {{recipient}}."],
      button: "Aceptar la invitación",
      note: "La invitación está abierta hasta el {{expires}} y es solo para usted.",
      footer:
        "Enviado a {{recipient}} porque la administración de {{accountName}} indicó esta dirección. Si no esperaba este mensaje, no haga nada: sin pulsar el botón no ocurre nada.",
    },
    reminder: {
      subject: "Recordatorio: {{inviterName}} le invitó a unirse a {{accountName}}",
      preview: "Su invitación a {{accountName}} sigue abierta hasta el {{expires}}.",
      heading: "Su invitación a {{accountName}} sigue abierta",
      body: ["{{inviterName}} le invitó a unirse a {{accountName}} con la dirección {{recipient}}."],
      button: "Aceptar la invitación",
      note: "La invitación está abierta hasta el {{expires}} y es solo para usted. Este es el único recordatorio.",
      footer:
        "Enviado a {{recipient}} porque la administración de {{accountName}} indicó esta dirección. Si no desea unirse, no haga nada: sin pulsar el botón no ocurre nada.",
    },
    sign_in_link: {
      subject: "Su enlace para iniciar sesión",
      preview: "El enlace funciona una sola vez, hasta el {{expires}}.",
      heading: "Inicie sesión en {{accountName}}",
      body: ["Ha pedido un enlace para iniciar sesión como {{recipient}}."],
      button: "Iniciar sesión",
      note: "El enlace funciona una sola vez, hasta el {{expires}}. No lo comparta.",
      footer:
        "Enviado a {{recipient}} porque alguien pidió iniciar sesión con esta dirección. Si no fue usted, no haga nada: nadie inicia sesión sin este enlace.",
    },
    address_proof: {
      subject: "Confirme su dirección para {{accountName}}",
      preview: "El enlace funciona una sola vez, hasta el {{expires}}.",
      heading: "Confirme su dirección",
      body: [
        "Se ha unido a {{accountName}} con la dirección {{recipient}}. Confirme que la dirección es suya y podrá continuar.",
      ],
      button: "Confirmar la dirección",
      note: "El enlace funciona una sola vez, hasta el {{expires}}. No lo comparta.",
      footer:
        "Enviado a {{recipient}} porque alguien se unió a {{accountName}} con esta dirección. Si no fue usted, no haga nada: la dirección quedará sin confirmar.",
    },
    account_activated: {
      subject: "Su acceso a {{accountName}} vuelve a estar activo",
      preview: "Ya puede volver a iniciar sesión en {{accountName}}.",
      heading: "Le damos de nuevo la bienvenida a {{accountName}}",
      body: ["Su acceso a {{accountName}} estaba suspendido y vuelve a estar activo."],
      button: "Iniciar sesión",
      note: null,
      footer: "Enviado a {{recipient}} porque la administración de {{accountName}} restableció este acceso.",
    },
    run_ended: {
      subject: "{{what}} {{ending}}",
      preview: "{{counts}}",
      heading: "{{what}} {{ending}}",
      body: ["{{counts}}"],
      button: "Abrir el informe",
      note: "El informe indica el resultado y el motivo de cada línea.",
      footer:
        "Enviado a {{recipient}} porque pidió que se le avisara cuando terminara este trabajo en {{accountName}}.",
    },
    removals_waiting: {
      subject: "{{accountName}}: la suspensión de {{people}} espera su aprobación",
      preview: "No se suspenderá a nadie hasta que usted u otra persona de la administración decida.",
      heading: "Se suspendería a {{people}}",
      body: [
        "{{what}}, a petición de {{askedBy}}, suspendería a más personas de las permitidas sin una segunda revisión. Todo lo demás está hecho; las suspensiones esperan su aprobación.",
      ],
      button: "Revisar y decidir",
      note: "Si las aprueba, se harán exactamente estas suspensiones; si las descarta, todo quedará como está.",
      footer:
        "Enviado a {{recipient}} porque usted administra {{accountName}}. Si nadie decide, no se suspenderá a nadie.",
    },
    mail_stopped: {
      subject: "{{accountName}}: se ha detenido el envío de sus mensajes",
      preview: "No se pierde nada: los mensajes esperan hasta que usted reanude el envío.",
      heading: "Se ha detenido el envío de mensajes de {{accountName}}",
      body: [
        "{{why}} Para que sus mensajes sigan llegando, desde ahora esperan todos, salvo los enlaces para iniciar sesión.",
        "No se pierde nada. Revise primero las direcciones y después reanude el envío.",
      ],
      button: "Abrir el resumen",
      note: null,
      footer: "Enviado a {{recipient}} porque usted administra {{accountName}}.",
    },
    sync_failed: {
      subject: "{{accountName}}: la sincronización del directorio ha fallado",
      preview: "No se ha suspendido a nadie por ello. El informe indica el motivo.",
      heading: "La sincronización del directorio ha fallado",
      body: [
        "La sincronización del directorio, a petición de {{askedBy}}, no llegó a su fin. No se ha suspendido a nadie por el fallo, pero las altas y bajas no se tendrán en cuenta hasta que se complete una sincronización.",
      ],
      button: "Abrir el informe",
      note: "El informe indica el motivo y qué hacer.",
      footer:
        "Enviado a {{recipient}} porque usted puede decidir sobre las sincronizaciones del directorio de {{accountName}}. Se volverá a intentar según lo programado.",
    },
    sync_overdue: {
      subject: "{{accountName}}: {{days}} sin sincronizar el directorio",
      preview: "Las altas y bajas no se tienen en cuenta hasta que se complete una sincronización.",
      heading: "{{days}} sin completar una sincronización del directorio",
      body: [
        "Desde hace {{days}} no se ha completado ninguna sincronización del directorio. Quien se va conserva su acceso hasta que se complete una.",
      ],
      button: "Abrir la sincronización del directorio",
      note: "Se le avisa una sola vez, hasta que se complete de nuevo una sincronización.",
      footer:
        "Enviado a {{recipient}} porque usted puede decidir sobre las sincronizaciones del directorio de {{accountName}}.",
    },
  },
  purpose: {
    invitation: "Pulse el botón, compruebe su nombre y su cuenta estará lista.",
    reminder: "Todavía no se ha unido. Pulse el botón, compruebe su nombre y su cuenta estará lista.",
  },
  quoted: "{{inviterName}} escribe:",
  anAdministrator: "La administración",
  stopped: {
    bounces: "Demasiados de los últimos mensajes fueron devueltos porque no se pudieron entregar.",
    complaints: "Demasiadas personas marcaron como correo no deseado los últimos mensajes.",
    other: "Demasiados de los últimos mensajes fueron devueltos o marcados como correo no deseado.",
  },
  run: {
    work: {
      import: { of: (file) => `La importación de ${file}`, alone: "La importación" },
      bulk_invite: { of: (file) => `La invitación masiva de ${file}`, alone: "La invitación masiva" },
      bulk_change: { of: (file) => `La modificación masiva de ${file}`, alone: "La modificación masiva" },
      directory_sync: {
        of: () => "La sincronización del directorio",
        alone: "La sincronización del directorio",
      },
      undo: {
        of: (file) => `La reversión de la importación de ${file}`,
        alone: "La reversión de la importación",
      },
    },
    endings: { completed: "ha terminado", failed: "ha fallado", cancelled: "fue cancelada" },
    lines: (n, one) => `${n} ${one ? "línea" : "líneas"}`,
    counts: {
      created: (n, one) => `${n} ${one ? "nueva" : "nuevas"}`,
      updated: (n, one) => `${n} ${one ? "actualizada" : "actualizadas"}`,
      deleted: (n, one) => `${n} ${one ? "eliminada" : "eliminadas"}`,
      activated: (n, one) => `${n} ${one ? "activada" : "activadas"}`,
      unchanged: (n) => `${n} sin cambios`,
      skipped: (n, one) => `${n} ${one ? "omitida" : "omitidas"}`,
      failed: (n, one) => `${n} ${one ? "fallida" : "fallidas"}`,
    },
    nothing: "no se cambió nada",
    sentence: (lines, counts) => `${lines === null ? "" : `${lines}: `}${counts.join(", ")}.`,
    people: (n, one) => `${n} ${one ? "persona" : "personas"}`,
    days: (n, one) => `${n} ${one ? "día" : "días"}`,
    bySchedule: "la programación",
    cutShort: "Lo que ya se había hecho se mantiene; el informe indica hasta dónde se llegó.",
    heldBack: (n, one) =>
      `${n} ${one ? "suspensión pedida" : "suspensiones pedidas"}: demasiadas para hacerse sin aprobación.`,
    mendable: "Las líneas fallidas se pueden corregir desde el informe.",
    gap: " ",
  },
};
