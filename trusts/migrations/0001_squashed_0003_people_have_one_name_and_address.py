# Every table at once, for new databases: the steps that came before take four times as long.

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('trusts', '0001_initial'), ('trusts', '0002_peer_groups'), ('trusts', '0003_people_have_one_name_and_address')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('code', models.CharField(max_length=12)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('nation', 'Nation'), ('provider', 'National provider'), ('region', 'NOMS region'), ('area', 'Probation area'), ('trust', 'Probation trust'), ('crc', 'Community rehabilitation company'), ('nps-division', 'NPS division'), ('probation-region', 'Probation region'), ('peer-group', 'Peer group')], max_length=20)),
                ('opened', models.DateField(blank=True, null=True)),
                ('closed', models.DateField(blank=True, help_text='The last day it stood.', null=True)),
                ('certainty', models.CharField(choices=[('verbatim', 'read in the named source'), ('second-hand', 'reported by a second source'), ('derived', 'worked out from what a source prints'), ('unverified', 'from memory, not verified')], max_length=12)),
                ('source', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='trusts.organisation')),
            ],
            options={
                'ordering': ['name'],
                'indexes': [],
                'constraints': [models.UniqueConstraint(fields=('kind', 'code'), name='organisation_code_once_per_kind'), models.CheckConstraint(condition=models.Q(('closed__isnull', True), ('opened__isnull', True), ('opened__lte', models.F('closed')), _connector='OR'), name='organisation_opens_before_it_closes'), models.CheckConstraint(condition=models.Q(('certainty__in', ['verbatim', 'second-hand', 'derived', 'unverified'])), name='organisation_certainty_is_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['nation', 'provider', 'region', 'area', 'trust', 'crc', 'nps-division', 'probation-region', 'peer-group'])), name='organisation_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('role', models.CharField(choices=[('trust-officer', 'Trust information officer'), ('chief-executive', 'Trust chief executive'), ('noms-analyst', 'NOMS analyst'), ('noms-publisher', 'NOMS publisher'), ('administrator', 'Administrator')], max_length=20)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='trusts.organisation')),
                ('invitation_sent', models.DateTimeField(blank=True, null=True)),
                ('name', models.CharField(blank=True, max_length=150)),
            ],
            options={
                'indexes': [],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['trust-officer', 'chief-executive', 'noms-analyst', 'noms-publisher', 'administrator'])), name='person_role_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('role__in', ('trust-officer', 'chief-executive'))), models.Q(models.Q(('role__in', ('trust-officer', 'chief-executive')), _negated=True), ('organisation__isnull', True)), _connector='OR'), name='person_of_a_trust_has_an_organisation_and_others_have_none'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='person_email_is_of_one_person')],
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(help_text="The successor's first day.")),
                ('territory', models.CharField(choices=[('whole', 'the whole of its territory'), ('part', 'part of its territory')], max_length=8)),
                ('certainty', models.CharField(choices=[('verbatim', 'read in the named source'), ('second-hand', 'reported by a second source'), ('derived', 'worked out from what a source prints'), ('unverified', 'from memory, not verified')], max_length=12)),
                ('source', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='successions_out', to='trusts.organisation')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='successions_in', to='trusts.organisation')),
            ],
            options={
                'ordering': ['date', 'predecessor__name'],
                'indexes': [],
                'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_once'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='succession_is_not_to_itself'), models.CheckConstraint(condition=models.Q(('territory__in', ['whole', 'part'])), name='succession_territory_is_known'), models.CheckConstraint(condition=models.Q(('certainty__in', ['verbatim', 'second-hand', 'derived', 'unverified'])), name='succession_certainty_is_known')],
            },
        ),
    ]
