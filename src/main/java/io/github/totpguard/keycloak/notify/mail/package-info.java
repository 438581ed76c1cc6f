/** E-mails about attempts and changes of second factors: what they say, whom they reach, how they are sent. */
package io.github.totpguard.keycloak.notify.mail;
