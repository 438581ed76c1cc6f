#!/usr/bin/env bash
# Switches TOTP Guard on in a realm whose users log in with Keycloak's own flows: from then on everybody needs a
# one-time code, in the browser, in direct grants, and after a forgotten password; who has no device yet is led to set
# one up.
#
#   kcadm.sh config credentials --server http://localhost:8080 --realm master --user admin
#   KCADM=/opt/keycloak/bin/kcadm.sh docs/switch-on.sh acme
#
# KCADM        where kcadm.sh is; default: on the PATH. It must be logged in as an administrator of the realm.
# ISSUER       the name under which authenticator apps list the account; default: the realm's display name.
# MAX_DEVICES  how many devices a user may have; default: 5.
#
# A second run changes nothing but what ISSUER and MAX_DEVICES say, and finishes what a first one left undone. To undo:
# bind Keycloak's own three flows again and enable the required action CONFIGURE_TOTP. Needs bash and kcadm.sh only, so it
# runs in Keycloak's container, too:
#
#   docker compose exec -T -e KCADM=/opt/keycloak/bin/kcadm.sh keycloak bash -s acme <docs/switch-on.sh
set -euo pipefail

realm=${1:?usage: switch-on.sh REALM}
kcadm=${KCADM:-kcadm.sh}

# get PATH FIELDS: one line for each element, fields separated by commas.
get() {
  "$kcadm" get "$1" -r "$realm" --fields "$2" --format csv --noquotes
}

# find_line PATH FIELDS PATTERN: the first such line that matches the glob pattern; empty when none does.
find_line() {
  local lines line
  lines=$(get "$1" "$2")
  while read -r line; do
    # shellcheck disable=SC2053
    if [[ $line == $3 ]]; then
      printf '%s\n' "$line"
      return
    fi
  done <<<"$lines"
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# binding FIELD: the flow that is in use.
binding() {
  get "realms/$realm" "$1"
}

# step FLOW COPY PLACE STEP: a copy of one of Keycloak's flows with our step at the end of PLACE. Prints the step's id.
step() {
  local flow=$1 copy=$2 place=$3 step=$4 copy_path built_in execution id priority
  copy_path="authentication/flows/${copy// /%20}"
  # Built-in flows cannot be changed, so a copy. It is not in use before it is bound.
  if [[ -z $(find_line authentication/flows alias "$copy") ]]; then
    "$kcadm" create "authentication/flows/${flow// /%20}/copy" -r "$realm" -s "newName=$copy" >&2
  fi
  # Out with Keycloak's second factor, which only asks users who chose to have one ("Conditional OTP" before 26.4).
  # Security keys and Keycloak's recovery codes go with it: beside a required code they would be a third step.
  built_in=$(find_line "$copy_path/executions" id,displayName "*,*Conditional 2FA")
  [[ -n $built_in ]] || built_in=$(find_line "$copy_path/executions" id,displayName "*,*Conditional OTP")
  [[ -z $built_in ]] || "$kcadm" delete "authentication/executions/${built_in%%,*}" -r "$realm" >&2
  # In with ours, at the end.
  if [[ -z $(find_line "$copy_path/executions" providerId "$step") ]]; then
    "$kcadm" create "authentication/flows/${place// /%20}/executions/execution" -r "$realm" -s "provider=$step" >&2
  fi
  execution=$(find_line "$copy_path/executions" providerId,id,priority "$step,*")
  IFS=, read -r _ id priority <<<"$execution"
  # Added steps are DISABLED. The endpoint takes one element of a list, so there is nothing to merge with; and a
  # missing priority would count as 0 and put the step before the password.
  "$kcadm" update "$copy_path/executions" -r "$realm" --no-merge \
    --body "{\"id\": \"$id\", \"requirement\": \"REQUIRED\", \"priority\": $priority}" >&2
  printf '%s\n' "$id"
}

# A flow that somebody has built already may hold more than Keycloak's own: a copy of the built-in one would drop that.
for own in browserFlow:browser "directGrantFlow:direct grant" "resetCredentialsFlow:reset credentials"; do
  bound=$(binding "${own%%:*}")
  [[ $bound == "${own#*:}" || $bound == "totp-guard ${own#*:}" ]] ||
    fail "Realm $realm has its own ${own%%:*}, \"$bound\". Add our step to it instead: see the README."
done

# 1. The set-up. A required action is known to a realm only once it has been registered there.
if [[ -z $(find_line authentication/required-actions alias totp-guard-setup) ]]; then
  [[ -n $(find_line authentication/unregistered-required-actions providerId totp-guard-setup) ]] ||
    fail "The server has no required action totp-guard-setup: is the jar in its providers directory?"
  "$kcadm" create authentication/register-required-action -r "$realm" \
    -s providerId=totp-guard-setup -s "name=Set up an authenticator (TOTP Guard)"
fi
"$kcadm" update authentication/required-actions/totp-guard-setup -r "$realm" -s enabled=true

# 2. The policy is this action's configuration. kcadm reads it, changes it and writes it back: the rest is kept.
policy=()
[[ -z ${ISSUER:-} ]] || policy+=(-s "config.issuer=$ISSUER")
[[ -z ${MAX_DEVICES:-} ]] || policy+=(-s "config.maxDevices=$MAX_DEVICES")
if ((${#policy[@]})); then
  "$kcadm" update authentication/required-actions/totp-guard-setup/config -r "$realm" "${policy[@]}"
fi

# 3. Keycloak's own set-up must not stand beside ours: there the secret comes back in a form field, without limits.
"$kcadm" update authentication/required-actions/CONFIGURE_TOTP -r "$realm" -s enabled=false

# 4. The three ways to a session, each with a code after the password.
form=$(step browser "totp-guard browser" "totp-guard browser forms" totp-guard-form)
step "direct grant" "totp-guard direct grant" "totp-guard direct grant" totp-guard-direct-grant >/dev/null
# Keycloak's own signs in whoever opened the link in the mail.
step "reset credentials" "totp-guard reset credentials" "totp-guard reset credentials" totp-guard-reset >/dev/null

# 5. What arrives in the claim "amr" (client mapper "Authentication Method Reference (AMR)"), for ten hours of session.
if [[ $(find_line authentication/flows/totp-guard%20browser/executions id,authenticationConfig "$form*") != *,?* ]]; then
  "$kcadm" create "authentication/executions/$form/config" -r "$realm" -s alias=totp-guard \
    -s 'config."default.reference.value"=otp' -s 'config."default.reference.maxAge"=36000'
fi

# 6. From here on it counts.
"$kcadm" update "realms/$realm" -s "browserFlow=totp-guard browser" -s "directGrantFlow=totp-guard direct grant" \
  -s "resetCredentialsFlow=totp-guard reset credentials"
echo "TOTP Guard is on in realm $realm."
