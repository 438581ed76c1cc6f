/** What users and administrators are told: mails, events, metrics. */
package io.github.totpguard.it.notify;
