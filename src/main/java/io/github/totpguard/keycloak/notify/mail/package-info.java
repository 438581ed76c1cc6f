/** E-mails about attempts and changes of second factors: their content, their recipients and their delivery. */
package io.github.totpguard.keycloak.notify.mail;
