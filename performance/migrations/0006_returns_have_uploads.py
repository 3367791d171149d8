# A return's file and digest are those of its upload.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('performance', '0005_uploads'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='trustreturn',
            name='file',
        ),
        migrations.RemoveField(
            model_name='trustreturn',
            name='sha256',
        ),
        migrations.AlterField(
            model_name='finding',
            name='upload',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='performance.upload'),
        ),
        migrations.AlterField(
            model_name='trustreturn',
            name='upload',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trust_returns', to='performance.upload'),
        ),
    ]
