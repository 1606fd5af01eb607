import type { MailWords } from "./mail-words.ts";

export const de: MailWords = {
  letters: {
    invitation: {
      subject: "{{inviterName}} lädt Sie zu {{accountName}} ein",
      preview: "Ihre Einladung zu {{accountName}} gilt bis zum {{expires}}.",
      heading: "Einladung zu {{accountName}}",
      body: ["{{inviterName}} lädt Sie ein, {{accountName}} mit der Adresse {{recipient}} beizutreten."],
      button: "Einladung annehmen",
      note: "Die Einladung gilt bis zum {{expires}} und ist nur für Sie bestimmt.",
      footer:
        "Gesendet an {{recipient}}, weil diese Adresse in der Verwaltung von {{accountName}} eingetragen wurde. Falls Sie keine Einladung erwartet haben, brauchen Sie nichts zu tun: Ohne die Schaltfläche geschieht nichts.",
    },
    reminder: {
      subject: "Erinnerung: {{inviterName}} hat Sie zu {{accountName}} eingeladen",
      preview: "Ihre Einladung zu {{accountName}} gilt noch bis zum {{expires}}.",
      heading: "Ihre Einladung zu {{accountName}} ist noch offen",
      body: [
        "{{inviterName}} hat Sie eingeladen, {{accountName}} mit der Adresse {{recipient}} beizutreten.",
      ],
      button: "Einladung annehmen",
      note: "Die Einladung gilt bis zum {{expires}} und ist nur für Sie bestimmt. Dies ist die einzige Erinnerung.",
      footer:
        "Gesendet an {{recipient}}, weil diese Adresse in der Verwaltung von {{accountName}} eingetragen wurde. Falls Sie nicht beitreten möchten, brauchen Sie nichts zu tun: Ohne die Schaltfläche geschieht nichts.",
    },
    sign_in_link: {
      subject: "Ihr Link zur Anmeldung",
      preview: "Der Link funktioniert einmal, bis zum {{expires}}.",
      heading: "Anmeldung bei {{accountName}}",
      body: ["Sie haben einen Link angefordert, um sich als {{recipient}} anzumelden."],
      button: "Anmelden",
      note: "Der Link funktioniert einmal, bis zum {{expires}}. Bitte geben Sie ihn nicht weiter.",
      footer:
        "Gesendet an {{recipient}}, weil jemand sich mit dieser Adresse anmelden wollte. Falls Sie das nicht waren, brauchen Sie nichts zu tun: Ohne diesen Link wird niemand angemeldet.",
    },
    address_proof: {
      subject: "Bestätigen Sie Ihre Adresse für {{accountName}}",
      preview: "Der Link funktioniert einmal, bis zum {{expires}}.",
      heading: "Bestätigen Sie Ihre Adresse",
      body: [
        "Sie sind {{accountName}} mit der Adresse {{recipient}} beigetreten. Bestätigen Sie, dass die Adresse Ihnen gehört; danach geht es weiter.",
      ],
      button: "Adresse bestätigen",
      note: "Der Link funktioniert einmal, bis zum {{expires}}. Bitte geben Sie ihn nicht weiter.",
      footer:
        "Gesendet an {{recipient}}, weil jemand {{accountName}} mit dieser Adresse beigetreten ist. Falls Sie das nicht waren, brauchen Sie nichts zu tun: Die Adresse bleibt dann unbestätigt.",
    },
    account_activated: {
      subject: "Ihr Zugang zu {{accountName}} ist wieder aktiv",
      preview: "Sie können sich wieder bei {{accountName}} anmelden.",
      heading: "Willkommen zurück bei {{accountName}}",
      body: ["Ihr Zugang zu {{accountName}} war gesperrt und ist wieder aktiv."],
      button: "Anmelden",
      note: null,
      footer:
        "Gesendet an {{recipient}}, weil dieser Zugang in der Verwaltung von {{accountName}} wiederhergestellt wurde.",
    },
    run_ended: {
      subject: "{{what}} {{ending}}",
      preview: "{{counts}}",
      heading: "{{what}} {{ending}}",
      body: ["{{counts}}"],
      button: "Bericht öffnen",
      note: "Der Bericht nennt zu jeder Zeile das Ergebnis und den Grund.",
      footer:
        "Gesendet an {{recipient}}, weil Sie über das Ende dieser Arbeit in {{accountName}} benachrichtigt werden wollten.",
    },
    removals_waiting: {
      subject: "{{accountName}}: Die Sperrung von {{people}} wartet auf Ihre Freigabe",
      preview: "Niemand wird gesperrt, bevor Sie oder jemand anderes aus der Administration entscheidet.",
      heading: "Zu sperren: {{people}}",
      body: [
        "{{what}}, angefordert von {{askedBy}}, würde mehr Personen sperren, als ohne zweiten Blick erlaubt ist. Alles andere ist erledigt; die Sperrungen warten auf Ihre Freigabe.",
      ],
      button: "Ansehen und entscheiden",
      note: "Mit der Freigabe werden genau diese Sperrungen ausgeführt; verwerfen Sie sie, bleibt alles, wie es ist.",
      footer:
        "Gesendet an {{recipient}}, weil Sie {{accountName}} administrieren. Wenn niemand entscheidet, wird niemand gesperrt.",
    },
    mail_stopped: {
      subject: "{{accountName}}: Ihr Mailversand wurde angehalten",
      preview: "Nichts geht verloren: Die Mails warten, bis Sie den Versand fortsetzen.",
      heading: "Der Mailversand von {{accountName}} wurde angehalten",
      body: [
        "{{why}} Damit Ihre Mails weiterhin ankommen, warten ab jetzt alle außer den Links zur Anmeldung.",
        "Nichts geht verloren. Prüfen Sie zuerst die Adressen und setzen Sie dann den Versand fort.",
      ],
      button: "Übersicht öffnen",
      note: null,
      footer: "Gesendet an {{recipient}}, weil Sie {{accountName}} administrieren.",
    },
    sync_failed: {
      subject: "{{accountName}}: Der Verzeichnisabgleich ist fehlgeschlagen",
      preview: "Niemand wurde deswegen gesperrt. Der Bericht nennt den Grund.",
      heading: "Der Verzeichnisabgleich ist fehlgeschlagen",
      body: [
        "Der Verzeichnisabgleich, angefordert von {{askedBy}}, ist nicht zu Ende gekommen. Wegen des Fehlers wurde niemand gesperrt; wer dazukommt oder ausscheidet, wird aber erst berücksichtigt, wenn wieder ein Abgleich abgeschlossen ist.",
      ],
      button: "Bericht öffnen",
      note: "Der Bericht nennt den Grund und was zu tun ist.",
      footer:
        "Gesendet an {{recipient}}, weil Sie über Verzeichnisabgleiche von {{accountName}} entscheiden dürfen. Der nächste geplante Abgleich versucht es erneut.",
    },
    sync_overdue: {
      subject: "{{accountName}}: Seit {{days}} kein Verzeichnisabgleich",
      preview: "Wer dazukommt oder ausscheidet, wird bis zum nächsten Abgleich nicht berücksichtigt.",
      heading: "Seit {{days}} wurde kein Verzeichnisabgleich abgeschlossen",
      body: [
        "Seit {{days}} wurde kein Verzeichnisabgleich abgeschlossen. Wer ausscheidet, behält bis dahin den Zugang.",
      ],
      button: "Verzeichnisabgleich öffnen",
      note: "Sie erhalten diese Mail einmal, bis wieder ein Abgleich abgeschlossen ist.",
      footer:
        "Gesendet an {{recipient}}, weil Sie über Verzeichnisabgleiche von {{accountName}} entscheiden dürfen.",
    },
  },
  purpose: {
    invitation: "Klicken Sie auf die Schaltfläche, prüfen Sie Ihren Namen, und Ihr Konto ist bereit.",
    reminder:
      "Sie sind noch nicht beigetreten. Klicken Sie auf die Schaltfläche, prüfen Sie Ihren Namen, und Ihr Konto ist bereit.",
  },
  quoted: "{{inviterName}} schreibt:",
  anAdministrator: "Die Administration",
  stopped: {
    bounces: "Zu viele der letzten Mails kamen als unzustellbar zurück.",
    complaints: "Zu viele der zuletzt angeschriebenen Personen haben die Mail als Spam gemeldet.",
    other: "Zu viele der letzten Mails kamen zurück oder wurden als Spam gemeldet.",
  },
  run: {
    work: {
      import: { of: (file) => `Der Import von ${file}`, alone: "Der Import" },
      bulk_invite: { of: (file) => `Die Masseneinladung mit ${file}`, alone: "Die Masseneinladung" },
      bulk_change: { of: (file) => `Die Sammeländerung von ${file}`, alone: "Die Sammeländerung" },
      directory_sync: { of: () => "Der Verzeichnisabgleich", alone: "Der Verzeichnisabgleich" },
      undo: {
        of: (file) => `Das Zurücknehmen des Imports von ${file}`,
        alone: "Das Zurücknehmen des Imports",
      },
    },
    endings: { completed: "ist abgeschlossen", failed: "ist fehlgeschlagen", cancelled: "wurde abgebrochen" },
    lines: (n, one) => `${n} ${one ? "Zeile" : "Zeilen"}`,
    counts: {
      created: (n) => `${n} neu`,
      updated: (n) => `${n} aktualisiert`,
      deleted: (n) => `${n} gelöscht`,
      activated: (n) => `${n} aktiviert`,
      unchanged: (n) => `${n} unverändert`,
      skipped: (n) => `${n} übersprungen`,
      failed: (n) => `${n} fehlgeschlagen`,
    },
    nothing: "nichts wurde geändert",
    sentence: (lines, counts) => `${lines === null ? "" : `${lines}: `}${counts.join(", ")}.`,
    people: (n, one) => `${n} ${one ? "Person" : "Personen"}`,
    days: (n, one) => `${n} ${one ? "Tag" : "Tagen"}`,
    bySchedule: "dem Zeitplan",
    cutShort: "Was bis dahin getan war, bleibt; der Bericht sagt, wie weit es kam.",
    heldBack: (n, one) =>
      one
        ? `${n} Sperrung verlangt: zu viel, um ohne Freigabe ausgeführt zu werden.`
        : `${n} Sperrungen verlangt: zu viele, um ohne Freigabe ausgeführt zu werden.`,
    mendable: "Die fehlgeschlagenen Zeilen lassen sich vom Bericht aus berichtigen.",
    gap: " ",
  },
};
